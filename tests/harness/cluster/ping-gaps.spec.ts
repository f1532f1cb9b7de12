import { expect } from 'chai';
import { createPingGaps } from '../../../harness/cluster/ping-gaps.js';

describe('the gaps between pings', () => {
  let nowMs: number;
  let pids: Record<string, number>;
  const open = () =>
    createPingGaps({
      now: () => nowMs,
      lab: { pingIntervalMs: 100, deadPings: 5 },
      pidOf: (server) => pids[server] ?? false,
    });

  beforeEach(() => {
    nowMs = 0;
    pids = { pb1: 7 };
  });

  it('are those after which a server may count as dead, and that of one that has not pinged again', () => {
    const gaps = open();
    for (nowMs of [100, 200, 599, 999, 1050]) gaps.pinged('pb1');
    nowMs = 1449;
    expect(gaps.all()).to.deep.equal([{ server: 'pb1', pid: 7, fromMs: 599, untilMs: 999 }]);
    nowMs = 1500;
    expect(gaps.all().at(-1)).to.deep.equal({ server: 'pb1', pid: 7, fromMs: 1050, untilMs: 1500 });
  });

  it('are of servers of the cluster that are up, whatever name a ping has', () => {
    const gaps = open();
    for (nowMs of [100, 600]) for (const name of ['pb1', 'nobody']) gaps.pinged(name);
    expect(gaps.all().map(({ server }) => server)).to.deep.equal(['pb1']);
    pids = {};
    nowMs = 2000;
    expect(gaps.all()).to.have.lengthOf(1);
  });
});
