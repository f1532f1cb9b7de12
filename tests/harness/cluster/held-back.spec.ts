/** Whether a server that lost its place was held back by the machine, or is to blame itself. */

import { expect } from 'chai';
import { heldBackFromPinging, type HeldBackFacts } from '../../../harness/cluster/held-back.js';
import type { FaultEvent, ViewEvent } from '../../../harness/history/timeline.js';

const LAB = { pingIntervalMs: 100, deadPings: 5 };
const PID = 7;
const GAP = { server: 'pb1', pid: PID, fromMs: 2000, untilMs: 2470 };

const view = (atMs: number, viewnum: number, primary: string, backup = ''): ViewEvent => ({
  kind: 'view',
  atMs,
  view: { viewnum, primary, backup },
});

const LOST = [view(1000, 1, 'pb1'), view(2480, 2, '')];

/** Windows in each of which the server waited for a processor and the kit was late. */
const strainsOf = (waitMs: number, lagMs: number, pid = PID) =>
  [1750, 2000, 2250, 2500].map((fromMs) => ({
    fromMs,
    untilMs: fromMs + 250,
    lagMs,
    waitsMs: new Map([[pid, waitMs]]),
  }));

const judge = (more: Partial<HeldBackFacts> = {}) =>
  heldBackFromPinging({
    lab: LAB,
    gaps: [GAP],
    timeline: LOST,
    strains: strainsOf(40, 20),
    ...more,
  });

describe('a server that lost its place', () => {
  it('was held back if its gap would not have been deadly without the machine and the kit', () => {
    expect(judge()).to.equal(
      'pb1 lost its place in the view: the view service received no ping of it for 470 ms (bound 400 ms), and for 120 ms of ' +
        'these it waited for a processor or for the kit.',
    );
  });

  it('is to blame itself for a gap that is long enough without that, however late the kit was', () => {
    const gap = { ...GAP, untilMs: 3250 };
    const lateAllTheTime = Array.from({ length: 6 }, (_, n) => ({
      fromMs: 2000 + 250 * n,
      untilMs: 2250 + 250 * n,
      lagMs: 140,
      waitsMs: new Map<number, number>(),
    }));
    expect(judge({ gaps: [gap], strains: lateAllTheTime })).to.equal(undefined);
  });

  it('is to blame itself on a quiet machine', () => {
    expect(judge({ strains: strainsOf(10, 20) })).to.equal(undefined);
  });

  it('is to blame itself if it was another server that waited', () => {
    expect(judge({ strains: strainsOf(100, 10, PID + 1) })).to.equal(undefined);
  });

  it('was not silent for long enough', () => {
    expect(judge({ gaps: [{ ...GAP, untilMs: 2390 }] })).to.equal(undefined);
  });

  it('has not lost anything while the next view has it in its role', () => {
    const next = view(2480, 2, 'pb1', 'pb2');
    expect(judge({ timeline: [view(1000, 1, 'pb1'), next, view(4000, 3, 'pb2')] })).to.equal(
      undefined,
    );
    expect(judge({ timeline: [view(1000, 1, 'pb1')] })).to.equal(undefined);
    const promoted = [view(1000, 1, 'pb2', 'pb1'), view(2480, 2, 'pb1')];
    expect(judge({ timeline: promoted })).to.equal(undefined);
    const dropped = [view(1000, 1, 'pb2', 'pb1'), view(2480, 2, 'pb2')];
    expect(judge({ timeline: dropped })).to.match(/^pb1 lost its place/);
  });

  it('was kept from pinging by the scenario', () => {
    const paused = { kind: 'paused' as const, atMs: 2100, process: 'pb1' };
    const cut: FaultEvent = {
      kind: 'fault',
      atMs: 1900,
      untilMs: 2100,
      fault: 'cut',
      from: 'pb1',
      to: 'vs',
      callerSaw: 'refused',
      delivered: false,
    };
    for (const event of [paused, cut]) {
      expect(judge({ timeline: [...LOST, event] })).to.equal(undefined);
    }
    const elsewhere = [
      { ...paused, process: 'pb2' },
      { ...cut, from: 'pb2' },
      { ...cut, to: 'pb2' },
    ];
    expect(judge({ timeline: [...LOST, ...elsewhere] })).to.match(/^pb1 lost its place/);
  });
});
