/** Whose silence it is that an operation was not answered. */

import { expect } from 'chai';
import { accountForSilence } from '../../../harness/cluster/owed-answer.js';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import type { TracedCall } from '../../../harness/history/trace.js';

function account(
  calls: TracedCall[],
  printed: Record<string, string> = {},
  timeline: TimelineEvent[] = [],
) {
  return accountForSilence(
    'c1',
    { sinceMs: 1000, untilMs: 7000 },
    {
      calls,
      areCallsTold: true,
      printed: (name) => printed[name] ?? '',
      timeline,
    },
  );
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
  it('names the clerk process that made no call, and that printed nothing', () => {
    const before = open('c1', 'pb1', { startMs: 10, endMs: 20, ending: 'answered' });
    expect(account([before])).to.deep.equal({
      owner: 'c1',
      says: 'c1 made no call; c1 printed nothing',
    });
  });

  it('says of a clerk that makes no call which view it goes by, if the primary of that has gone', () => {
    const view = { viewnum: 2, primary: 'pb1', backup: 'pb2' };
    const told: TimelineEvent = { kind: 'told', process: 'c1', askedMs: 570, atMs: 571, view };
    const killed: TimelineEvent = { kind: 'killed', process: 'pb1', atMs: 900 };
    expect(account([], {}, [told, killed]).says).to.equal(
      'c1 made no call; it was told view 2 (primary pb1, backup pb2) at 571 ms and no newer one, but pb1 has gone since 900 ms; c1 printed nothing',
    );
    const started: TimelineEvent = { kind: 'started', process: 'pb1', atMs: 950 };
    for (const timeline of [[told], [{ ...killed, atMs: 500 }, told], [told, killed, started]]) {
      expect(account([], {}, timeline).says).to.equal('c1 made no call; c1 printed nothing');
    }
  });

  it('says what a server printed last that ends each connection without an answer', () => {
    const ended = { endMs: 6990, ending: 'end of stream before the reply' } as const;
    const printed = { pb1: 'Traceback\nKeyError: 1\n' };
    const words = '; the last line that pb1 printed: "KeyError: 1"; c1 printed nothing';
    const says = 'its last call 4 to pb1 ended with "end of stream before the reply" at 6990 ms';
    expect(account([open('c1', 'pb1', ended)], printed).says).to.equal(`${says}${words}`);
    const lost = open('c1', 'pb1', { ...ended, fault: 'drop-reply' });
    expect(account([lost], printed).says).to.equal(`${says}; c1 printed nothing`);
  });

  it('names the clerk process that has its answer and does not pass it on', () => {
    const { owner, says } = account([
      open('c1', 'pb1', { endMs: 1005, ending: 'answered', method: 'kv.get' }),
    ]);
    expect(owner).to.equal('c1');
    expect(says).to.equal(
      'its last call 4 (kv.get) was answered by pb1 at 1005 ms, and then c1 made no more calls; the line with its answer did not come (does it flush standard output after each line?); c1 printed nothing',
    );
  });

  it('counts the calls of a clerk that goes on trying, and does not say that it has stopped', () => {
    const again = { times: 146, lastNumber: 150, untilMs: 6900 };
    const { says } = account([open('c1', 'pb1', { endMs: 1005, ending: 'answered', again })]);
    expect(says).to.equal(
      'c1 made 147 calls; its last call 4 was answered by pb1 at 6900 ms; c1 printed nothing',
    );
  });

  it('names the server that was given the call', () => {
    const { owner, says } = account([open('c1', 'pb1')], { pb1: 'ready\nlocked\n' });
    expect(owner).to.equal('pb1');
    expect(says).to.equal(
      'pb1 received c1\'s call 4 at 1002 ms and did not answer; the last line that pb1 printed: "locked"',
    );
  });

  it('names the first of several calls that a server has not answered', () => {
    const left = open('c1', 'pb1', { endMs: 6000, ending: 'caller hung up', number: 2 });
    const { says } = account([left, open('c1', 'pb1', { number: 3, deliveredMs: 6100 })]);
    expect(says).to.match(
      /^pb1 received c1's call 2 at 1002 ms and did not answer it, nor 1 later;/,
    );
  });

  it('follows the question to the server that another waits for, whatever that pings meanwhile', () => {
    const { owner, says } = account([
      open('c1', 'pb1'),
      open('pb1', 'pb2', { number: 7, method: 'PBServer.Forward' }),
      open('pb1', 'vs', { number: 90 }),
    ]);
    expect(owner).to.equal('pb2');
    expect(says).to.include("pb2 received pb1's call 7 (PBServer.Forward)");
  });

  it('names the server that never answered a client with a time-out of its own', () => {
    const left = { ending: 'caller hung up' as const };
    const { owner, says } = account([
      open('c1', 'pb1', { ...left, number: 1, endMs: 3000 }),
      open('c1', 'pb1', { ...left, number: 2, deliveredMs: 3100, endMs: 6950 }),
    ]);
    expect(owner).to.equal('pb1');
    expect(says).to.match(
      /^pb1 received c1's call 1 at 1002 ms and did not answer it, nor 1 later;/,
    );
  });

  it('does not blame a process that has just been called', () => {
    const refused = open('c1', 'pb1', { endMs: 6900, ending: 'answered' });
    const asked = open('c1', 'vs', { number: 9, startMs: 6990, deliveredMs: 6991 });
    expect(account([refused, asked]).says).to.match(
      /^c1 made 2 calls; its last call 4 was answered/,
    );
  });

  it('ends at a call that was not delivered, and in a circle', () => {
    const { deliveredMs: _, ...undelivered } = open('c1', 'pb1');
    expect(account([undelivered]).owner).to.equal('c1');
    expect(account([open('c1', 'pb1'), open('pb1', 'c1')]).owner).to.equal('c1');
  });
});
