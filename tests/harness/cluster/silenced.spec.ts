/** Whether a server that looked dead was held back by the machine, or is to blame itself. */

import { expect } from 'chai';
import { silencedByMachine, type Silenced } from '../../../harness/cluster/silenced.js';

const LAB = { pingIntervalMs: 100, deadPings: 5 };
const SILENCE = { server: 'pb1', fromMs: 2000, untilMs: 2470 };

/** Four windows, in each of which servers were held back for so long. */
const strainsOf = (heldMs: number) =>
  [1750, 2000, 2250, 2500].map((fromMs) => ({ fromMs, untilMs: fromMs + 250, heldMs }));

const judge = (more: Partial<Silenced> = {}) =>
  silencedByMachine({
    lab: LAB,
    silences: [SILENCE],
    timeline: [],
    strains: strainsOf(60),
    ...more,
  });

describe('a server that looked dead', () => {
  it('was held back if its silence is as long as it is because of the machine and the kit', () => {
    expect(judge()).to.equal(
      'The view service received no ping of pb1 for 470 ms (bound 400 ms), and meanwhile the machine and the kit held ' +
        'servers back for 120 ms: the machine was too busy.',
    );
  });

  it('is to blame itself for a silence that is long enough without that', () => {
    expect(judge({ silences: [{ ...SILENCE, untilMs: 2700 }] })).to.equal(undefined);
  });

  it('is to blame itself on a quiet machine', () => {
    expect(judge({ strains: strainsOf(40) })).to.equal(undefined);
  });

  it('was not silent for long enough', () => {
    expect(judge({ silences: [{ ...SILENCE, untilMs: 2390 }] })).to.equal(undefined);
  });

  it('was kept from pinging by the scenario', () => {
    const paused = { kind: 'paused' as const, atMs: 2100, process: 'pb1' };
    const cut = {
      kind: 'fault' as const,
      atMs: 1900,
      untilMs: 2100,
      fault: 'cut',
      from: 'pb1',
      to: 'vs',
      callerSaw: 'refused' as const,
      delivered: false,
    };
    expect(judge({ timeline: [paused] })).to.equal(undefined);
    expect(judge({ timeline: [cut] })).to.equal(undefined);
    expect(
      judge({
        timeline: [
          { ...paused, process: 'pb2' },
          { ...cut, from: 'pb2' },
        ],
      }),
    ).to.match(/too busy/);
  });
});
