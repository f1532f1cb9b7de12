/** Whose silence it is that an operation was not answered. */

import { expect } from 'chai';
import { accountForSilence } from '../../../harness/cluster/silence.js';
import type { TracedCall } from '../../../harness/history/trace.js';

function account(calls: TracedCall[], printed: Record<string, string> = {}) {
  return accountForSilence('c1', 1000, { calls, printed: (name) => printed[name] ?? '' });
}

const open = (from: string, to: string, facts: Partial<TracedCall> = {}): TracedCall => ({
  from,
  to,
  number: 4,
  startMs: 1001,
  deliveredMs: 1002,
  ending: 'open',
  ...facts,
});

describe('the account of a silence', () => {
  it('names the clerk process that called nobody, and that printed nothing', () => {
    const before = open('c1', 'pb1', { startMs: 10, endMs: 20, ending: 'answered' });
    expect(account([before])).to.deep.equal({
      owner: 'c1',
      says: 'c1 called nobody; c1 printed nothing',
    });
  });

  it('names the clerk process that has its answer and does not pass it on', () => {
    const { owner, says } = account([
      open('c1', 'pb1', { endMs: 1005, ending: 'answered', method: 'kv.get' }),
    ]);
    expect(owner).to.equal('c1');
    expect(says).to.equal(
      "c1's last call (4 (kv.get)) was answered by pb1 at 1005 ms, and c1 did not go on; c1 printed nothing",
    );
  });

  it('names the server that was given the call', () => {
    const { owner, says } = account([open('c1', 'pb1')], { pb1: 'ready\nlocked\n' });
    expect(owner).to.equal('pb1');
    expect(says).to.match(
      /^pb1 was given c1's call 4 at 1002 ms and did not answer; pb1 called nobody/,
    );
    expect(says).to.include('the last line that pb1 printed: "locked"');
  });

  it('follows the question to the server that another waits for, whatever that pings meanwhile', () => {
    const { owner, says } = account([
      open('c1', 'pb1'),
      open('pb1', 'pb2', { number: 7, method: 'PBServer.Forward' }),
      open('pb1', 'vs', { number: 90 }),
    ]);
    expect(owner).to.equal('pb2');
    expect(says).to.include("pb2 was given pb1's call 7 (PBServer.Forward)");
  });

  it('ends at a call that was not delivered, and in a circle', () => {
    const { deliveredMs: _, ...undelivered } = open('c1', 'pb1');
    expect(account([undelivered]).owner).to.equal('c1');
    expect(account([open('c1', 'pb1'), open('pb1', 'c1')]).owner).to.equal('c1');
  });
});
