/** Who waited for whom at the end of a run, and who was busy asking. */

import { expect } from 'chai';
import { describeBusyLoops } from '../../../../harness/explain/doing/busy-loop.js';
import { findDoing } from '../../../../harness/explain/doing/find-doing.js';
import { describeWaiting } from '../../../../harness/explain/doing/waiting-chain.js';
import type { TimelineEvent } from '../../../../harness/history/timeline.js';
import type { TracedCall } from '../../../../harness/history/trace.js';
import { readData } from '../../../support/data.js';

const open = (from: string, to: string, facts: Partial<TracedCall> = {}): TracedCall => ({
  from,
  to,
  number: 4,
  startMs: 1000,
  deliveredMs: 1002,
  ending: 'open',
  ...facts,
});

describe('who waits for whom', () => {
  const tell = (calls: TracedCall[], ownCalls: readonly (readonly [string, string])[] = []) =>
    describeWaiting({ calls, clients: ['c1'], ownCalls: new Map(ownCalls), untilMs: 7000 });

  it('is told from the client on, to the process that waits for itself', () => {
    const calls = [
      open('pb2', 'pb1', { method: 'PBServer.BackupCopy' }),
      open('c1', 'pb2', { method: 'PBServer.Get' }),
    ];
    expect(tell(calls, [['pb1', 'PBServer.Ping']])).to.deep.equal([
      'c1 waits for pb2 (PBServer.Get, for 6.0 s), pb2 waits for pb1 (PBServer.BackupCopy, for 6.0 s), and pb1 waits for itself (PBServer.Ping).',
    ]);
  });

  it('names a circle', () => {
    expect(tell([open('pb1', 'pb2'), open('pb2', 'pb1')])).to.deep.equal([
      'pb1 waits for pb2 (call 4, for 6.0 s), and pb2 waits for pb1 (call 4, for 6.0 s): they wait for each other.',
    ]);
  });

  it('leaves out calls that are answered, that the callee does not have, or that have just begun', () => {
    const calls = [
      open('c1', 'pb1', { ending: 'answered', repliedMs: 1003, endMs: 1003 }),
      { from: 'c1', to: 'pb2', number: 1, startMs: 1000, ending: 'open' as const },
      open('c1', 'pb3', { startMs: 6900, deliveredMs: 6901 }),
      open('c1', 'pb4', { ending: 'caller hung up', endMs: 1500 }),
    ];
    expect(tell(calls)).to.deep.equal([]);
  });

  it('knows callers that end their side with the request', () => {
    const [says] = tell([open('c1', 'pb1', { ending: 'caller hung up', endMs: 1001 })]);
    expect(says).to.equal('c1 waits for pb1 (call 4, for 6.0 s).');
  });
});

describe('a busy loop', () => {
  const view: TimelineEvent = {
    kind: 'view',
    atMs: 2000,
    view: { viewnum: 3, primary: 'pb1', backup: '' },
  };
  const asking = (times: number): TracedCall =>
    open('pb1', 'vs', {
      startMs: 2001,
      endMs: 2002,
      ending: 'answered',
      again: { times, lastNumber: 4 + times, untilMs: 6990 },
    });
  const tell = (calls: TracedCall[]) =>
    describeBusyLoops({
      calls,
      timeline: [view],
      viewService: 'vs',
      servers: ['pb1'],
      pingIntervalMs: 100,
      untilMs: 7000,
    });

  it('is a server that asks the view service far too often, and nobody else', () => {
    expect(tell([asking(3857)])).to.deep.equal([
      'After view 3 (primary pb1, backup none), at 2000 ms, pb1 called the view service 3858 times and nobody else.',
    ]);
  });

  it('is none while pings are as many as they should be', () => {
    expect(tell([asking(60)])).to.deep.equal([]);
  });

  it('is none where another server was called', () => {
    expect(tell([asking(3857), open('pb1', 'pb2', { startMs: 3000 })])).to.deep.equal([]);
  });
});

describe('what processes were doing', () => {
  const stacks = new Map([['pb1', readData('stacks', 'go.txt')]]);
  const tell = (calls: TracedCall[], ownConnections: ReadonlyMap<string, number> = new Map()) =>
    findDoing({
      inquiry: { stacks, ownConnections, frozen: [] },
      calls,
      timeline: [],
      operations: [],
      root: '/nowhere',
      pingIntervalMs: 100,
      untilMs: 7000,
    });
  const does = (calls: TracedCall[]) =>
    tell(calls)?.processes[0]?.groups.map((group) => group.does);

  it('does not make much of a call that has only just begun', () => {
    expect(does([open('pb1', 'vs', { startMs: 6990 })])).to.include('has just begun a call');
    expect(does([open('pb1', 'vs')])).to.include('waits for an answer');
  });

  it('names the method of a call to itself, which no relay has brought', () => {
    const gets = [1, 2, 3].map((number) => open('c1', 'pb1', { number, method: 'PBServer.Get' }));
    expect(tell(gets, new Map([['pb1', 1]]))?.waits).to.deep.equal([
      'c1 waits for pb1 (PBServer.Get, for 6.0 s), and pb1 waits for itself (PBServer.BackupCopy).',
    ]);
  });

  it('says no more than that a process is connected to itself, where it is not known why', () => {
    const waits = tell([], new Map([['pb1', 1]]))?.waits;
    expect(waits).to.deep.equal(['pb1 has an open connection to itself.']);
  });
});
