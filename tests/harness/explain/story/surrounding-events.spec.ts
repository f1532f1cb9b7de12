/** Which events stand in a story because they may have set the failure off. */

import { expect } from 'chai';
import { withTriggers } from '../../../../harness/explain/story/surrounding-events.js';
import type { FaultEvent, TimelineEvent } from '../../../../harness/history/timeline.js';
import { get, history, put } from '../../history/operations.js';

const OPERATIONS = history(put('c1', 'x', 2000, 2010), get('c1', '', 3000, 3010));
const SOME_VIEW = { viewnum: 1, primary: 'pb1', backup: '' };

const cut = (atMs: number, facts: Partial<FaultEvent> = {}): FaultEvent => ({
  kind: 'fault',
  fault: 'cut',
  from: 'pb1',
  to: 'pb2',
  atMs,
  callerSaw: 'refused',
  delivered: false,
  met: true,
  ...facts,
});

/** A fault that did nothing. */
function unmet(fault: FaultEvent): FaultEvent {
  const { met, ...rest } = fault;
  expect(met).to.equal(true);
  return rest;
}

describe('the triggers of a failure', () => {
  const added = (timeline: TimelineEvent[], operations = OPERATIONS) =>
    withTriggers({ operations, events: [] }, timeline);

  const TRIGGERS: Record<string, TimelineEvent> = {
    'a restart': { kind: 'started', atMs: 2500, process: 'pb2', restarted: true },
    'a kill shortly before': { kind: 'killed', atMs: 1500, process: 'pb2' },
    'a freeze': { kind: 'paused', atMs: 2100, process: 'pb1' },
    'a link that is away': cut(100),
    'a link that comes back': cut(100, { untilMs: 2200 }),
    'a request that is led astray': cut(2100, { call: 3, reached: 'pb3' }),
  };
  for (const [what, event] of Object.entries(TRIGGERS)) {
    it(`include ${what}`, () => expect(added([event])).to.deep.equal([event]));
  }

  const OTHERS: Record<string, TimelineEvent> = {
    'a first start': { kind: 'started', atMs: 2500, process: 'pb2' },
    'what was long before': { kind: 'killed', atMs: 500, process: 'pb2' },
    'what came after': { kind: 'killed', atMs: 3500, process: 'pb2' },
    'what a process is told': {
      kind: 'told',
      atMs: 2500,
      askedMs: 2499,
      process: 'pb1',
      view: SOME_VIEW,
    },
    'a first ping': { kind: 'pinged', atMs: 2500, process: 'pb2', viewnum: 0 },
    'a link that had come back': cut(100, { untilMs: 200 }),
    'a lost call, of which the calls tell': cut(2100, { call: 3 }),
  };
  for (const [what, event] of Object.entries(OTHERS)) {
    it(`leave out ${what}`, () => expect(added([event])).to.deep.equal([]));
  }

  it('include a link that was away unused, where no link was missed', () => {
    const unused = unmet(cut(2100));
    expect(added([unused])).to.deep.equal([unused]);
    expect(added([unused, cut(2200)])).to.deep.equal([cut(2200)]);
    expect(added([unmet(cut(100, { untilMs: 200 }))])).to.deep.equal([]);
  });

  it('include the ping with 0 of a server that had pinged before', () => {
    const pings: TimelineEvent[] = [
      { kind: 'pinged', atMs: 100, process: 'pb2', viewnum: 1 },
      { kind: 'pinged', atMs: 2500, process: 'pb2', viewnum: 0 },
    ];
    expect(added(pings)).to.deep.equal(pings.slice(1));
  });

  it('are shown with the proof in the order of time, each once', () => {
    const killed: TimelineEvent = { kind: 'killed', atMs: 2100, process: 'pb1' };
    const started: TimelineEvent = { kind: 'started', atMs: 2050, process: 'pb2', restarted: true };
    const events = withTriggers({ operations: OPERATIONS, events: [killed] }, [started, killed]);
    expect(events).to.deep.equal([started, killed]);
  });

  it('are the latest ten of many', () => {
    const many = Array.from({ length: 30 }, (_, n) => ({
      kind: 'killed' as const,
      atMs: 2000 + n,
      process: 'pb1',
    }));
    expect(added(many)).to.deep.equal(many.slice(-10));
  });

  it('are what happened to processes at all, where nothing else is known', () => {
    const started: TimelineEvent = { kind: 'started', atMs: 5, process: 'vs' };
    const told: TimelineEvent = {
      kind: 'told',
      atMs: 6,
      askedMs: 5,
      process: 'pb1',
      view: SOME_VIEW,
    };
    expect(added([started, told], [])).to.deep.equal([started]);
  });
});
