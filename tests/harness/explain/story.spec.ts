/** Stories as people read them. */

import { expect } from 'chai';
import type { TracedCall } from '../../../harness/history/trace.js';
import { tellStory } from '../../../harness/explain/story.js';
import { get, history, open, put } from '../history/operations.js';
import { call, unfinished } from './story/calls.js';

const FORWARD = { method: 'PBServer.Forward', args: { Key: 'a', Value: '1' }, number: 3 };

describe('a story', () => {
  const tell = (...calls: TracedCall[]) =>
    tellStory({ operations: [], events: [], calls }).map((line) => line.trimStart());

  it('has a subject for a ping in no name', () => {
    const ping = { kind: 'pinged', atMs: 5, process: '', viewnum: 0 } as const;
    const [line] = tellStory({ operations: [], events: [ping], calls: [] });
    expect(line?.trimStart()).to.equal('5 ms  an unnamed server pings the view service with 0');
  });

  it('counts pings, and says of a server that it has lost its memory', () => {
    const again = { times: 14, untilMs: 1970 };
    const story = tellStory({
      operations: [],
      events: [
        { kind: 'started', atMs: 3, process: 'pb1' },
        { kind: 'pinged', atMs: 5, process: 'pb1', viewnum: 2, again },
        { kind: 'started', atMs: 2000, process: 'pb1', restarted: true },
      ],
    });
    expect(story.map((line) => line.trimStart())).to.deep.equal([
      '3 ms  pb1 is started',
      '5 ms  pb1 pings the view service with 2, and 14 more times until 1970 ms',
      '2000 ms  pb1 is started again, with nothing in memory',
    ]);
  });

  it('tells when a fault ends, and like effects of one in one line', () => {
    const fault = { kind: 'fault', from: 'pb1', to: 'pb2', delivered: false } as const;
    const dropped = { ...fault, fault: 'drop-request', callerSaw: 'reset or broken pipe' } as const;
    const story = tellStory({
      operations: [],
      events: [
        { ...fault, atMs: 10, untilMs: 90, fault: 'cut', callerSaw: 'refused' },
        { ...dropped, atMs: 100, call: 4 },
        { ...dropped, atMs: 110, call: 5 },
        { ...dropped, atMs: 120, call: 7 },
        { ...dropped, atMs: 130, call: 8, callerSaw: 'silence' },
      ],
    });
    expect(story.map((line) => line.trimStart())).to.deep.equal([
      '10 ms  cut: pb1 cannot reach pb2 until 90 ms',
      '90 ms  cut ends: pb1 can reach pb2 again',
      '100 ms  drop-request on pb1 → pb2, call 4: not delivered; pb1 saw reset or broken pipe, and 2 more times until 120 ms',
      '130 ms  drop-request on pb1 → pb2, call 8: not delivered; pb1 saw silence',
    ]);
  });

  it('tells operations, calls, faults and views in the order of time', () => {
    const [asked, read] = history(put('c1', 'x', 100, 110), get('c1', '', 600, 620));
    if (asked === undefined || read === undefined) throw new Error('there are two');
    const view = { viewnum: 2, primary: 'pb2', backup: '' };
    const story = tellStory({
      operations: [asked, read],
      events: [
        { kind: 'killed', atMs: 200, process: 'pb1' },
        {
          kind: 'fault',
          atMs: 103,
          fault: 'drop-reply',
          from: 'pb1',
          to: 'pb2',
          call: 3,
          callerSaw: 'end of stream before the reply',
          delivered: true,
        },
        {
          kind: 'fault',
          atMs: 300,
          fault: 'cut',
          from: 'c1',
          to: 'pb1',
          callerSaw: 'refused',
          delivered: false,
        },
      ],
      calls: [
        call('c1', 'pb1', 101, { method: 'PBServer.PutAppend', args: { Key: 'k' }, endMs: 109 }),
        call('pb1', 'pb2', 102, {
          ...FORWARD,
          ending: 'end of stream before the reply',
          fault: 'drop-reply',
        }),
        call('c1', 'pb2', 602, { method: 'PBServer.Get', result: { Value: '' }, number: 2 }),
      ],
      beliefs: [
        { process: 'pb1', view: { ...view, viewnum: 1, primary: 'pb1' }, fromMs: 20, untilMs: 200 },
        { process: 'pb2', view, fromMs: 500 },
        { process: 'c1', view, fromMs: 601 },
      ],
    });
    expect(story).to.deep.equal([
      '  100 ms  c1 asks: put k "x"',
      '  101 ms  c1 calls pb1 PBServer.PutAppend {Key: "k"} (call 1)',
      '  102 ms  pb1 calls pb2 PBServer.Forward {Key: "a", Value: "1"} (call 3); pb1 sees the end of the stream before the reply; pb2 had answered (drop-reply)',
      "  109 ms  pb1 answers c1's call 1",
      '  110 ms  c1 is told: put k "x" is done',
      '  200 ms  pb1 is killed',
      '  300 ms  cut: c1 cannot reach pb1 from now on',
      '  600 ms  c1 asks: get k',
      '  602 ms  c1 calls pb2 PBServer.Get (call 2); pb2 answers {Value: ""}',
      '  620 ms  c1 is told: k is ""',
      '  view 1  primary pb1, backup none, believed by pb1 20–200 ms',
      '  view 2  primary pb2, backup none, believed by pb2 from 500 ms, c1 from 601 ms',
    ]);
  });

  it('of a run in which no call was traced is that of its operations', () => {
    const operations = history(open(put('c1', 'x', 100, 110)));
    expect(tellStory({ operations, events: [] })).to.deep.equal([
      '  100 ms  c1 asks: put k "x" (never answered)',
    ]);
  });

  it('says what became of a request whose caller was not answered', () => {
    const ending = 'end of stream before the reply';
    const [, lost] = [tell(), unfinished(call('pb1', 'pb2', 10, FORWARD), { ending, endMs: 12 })];
    const fates = [
      lost,
      { ...lost, deliveredMs: 11 },
      { ...lost, deliveredMs: 15 },
      { ...lost, deliveredMs: 11, repliedMs: 12 },
      { ...lost, deliveredMs: 11, repliedMs: 13, result: { Err: 'OK' } },
    ].map((each) => tell(each)[0]?.replace(/^.*?; /, ''));
    const sees = 'pb1 sees the end of the stream before the reply; ';
    expect(fates).to.deep.equal([
      `${sees}pb2 did not receive the request`,
      `${sees}pb2 had received the request`,
      `${sees}pb2 had not received the request yet`,
      `${sees}pb2 had answered`,
      `${sees}pb2 had received the request and answered {Err: "OK"}, but its answer was dropped`,
    ]);
  });

  it('names each ending, in the line of the call or in one of its own', () => {
    const endings = (facts: Partial<TracedCall>) => {
      const one = call('pb1', 'pb2', 10, { ...FORWARD, ...facts });
      const between = call('c1', 'pb1', 11, { endMs: 11.5 });
      return [tell(one)[0]?.replace(/^.*?; /, ''), tell(one, between)[2]?.replace('12 ms  ', '')];
    };
    expect(endings({ error: 'not-primary' })).to.deep.equal([
      'pb2 answers with the error "not-primary"',
      'pb2 answers pb1\'s call 3 with the error "not-primary"',
    ]);
    expect(endings({ result: { Err: 'OK' }, fault: 'delay-reply' })).to.deep.equal([
      'pb2 answers {Err: "OK"} (delay-reply)',
      'pb2 answers pb1\'s call 3: {Err: "OK"} (delay-reply)',
    ]);
    expect(endings({ ending: 'reset or broken pipe' })).to.deep.equal([
      'pb1 sees a reset or a broken pipe; pb2 had answered',
      "pb1's call 3 to pb2 ends with a reset or a broken pipe; pb2 had answered",
    ]);
    expect(endings({ ending: 'end of stream before the reply' })[1]).to.equal(
      "pb1's call 3 to pb2 ends before the reply; pb2 had answered",
    );
    expect(endings({ ending: 'end of stream inside the reply' })).to.deep.equal([
      'pb1 sees the end of the stream inside the reply; pb2 had answered',
      "pb1's call 3 to pb2 ends inside the reply; pb2 had answered",
    ]);
    expect(endings({ ending: 'caller hung up' })).to.deep.equal([
      'pb1 hangs up; pb2 had answered',
      'pb1 hangs up on its call 3 to pb2; pb2 had answered',
    ]);
  });

  it('says of an open call that it is, and who has it', () => {
    const hung = unfinished(call('pb1', 'pb2', 10, FORWARD), { deliveredMs: 11 });
    expect(tell(hung)).to.deep.equal([
      '10 ms  pb1 calls pb2 PBServer.Forward {Key: "a", Value: "1"} (call 3); still open when the run ends; pb2 had received the request',
    ]);
  });

  it('tells of a request that arrives late when it does', () => {
    const late = call('pb1', 'pb2', 10, { deliveredMs: 500, repliedMs: 501, endMs: 502 });
    const over = { ...late, endMs: 12, ending: 'end of stream before the reply' } as const;
    expect(tell(late).slice(1)).to.deep.equal([
      "500 ms  pb2 receives pb1's call 1",
      "502 ms  pb2 answers pb1's call 1",
    ]);
    expect(tell(over)[1]).to.equal(
      "500 ms  pb2 receives pb1's call 1, which has ended for its caller",
    );
  });

  it('says where a call went that was led astray, and how long an answer took', () => {
    const astray = call('c1', 'pb1', 10, { reached: 'pb2', method: 'PBServer.Get', endMs: 95 });
    expect(tell(astray)).to.deep.equal([
      '10 ms  c1 calls pb1, but reaches pb2: PBServer.Get (call 1); after 85 ms pb2 answers',
    ]);
  });

  it('tells calls that are alike in one line, with the faults that bit them', () => {
    const again = { times: 2, lastNumber: 5, untilMs: 240 };
    const lost = {
      ...FORWARD,
      fault: 'drop-request',
      ending: 'reset or broken pipe',
      again,
    } as const;
    const effects = [3, 4, 5, 6].map((number) => ({
      kind: 'fault' as const,
      atMs: number * 40,
      fault: 'drop-request',
      from: 'pb1',
      to: 'pb2',
      call: number,
      callerSaw: 'reset or broken pipe' as const,
      delivered: false,
    }));
    const calls = [unfinished(call('pb1', 'pb2', 119), { ...lost, endMs: 120 })];
    const [first, ...others] = tellStory({ operations: [], events: effects, calls });
    expect(first).to.match(/\(drop-request\), and 2 more times until 240 ms$/);
    expect(others).to.deep.equal([
      '  240 ms  drop-request on pb1 → pb2, call 6: not delivered; pb1 saw reset or broken pipe',
    ]);
  });

  it('names the first of many believers, and the last of many views', () => {
    const beliefs = Array.from({ length: 12 }, (_, n) => ({
      process: `c${n}`,
      view: { viewnum: n < 2 ? n : 2, primary: 'pb1', backup: '' },
      fromMs: n,
    }));
    const many = [...beliefs, ...beliefs.slice(2), ...beliefs.slice(2)];
    const views = Array.from({ length: 10 }, (_, n) => ({
      process: 'c1',
      view: { viewnum: n + 3, primary: 'pb1', backup: '' },
      fromMs: 20 + n,
    }));
    const [, , third] = tellStory({ operations: [], events: [], beliefs: many });
    expect(third).to.match(/believed by c2 from 2 ms, .*c11 from 11 ms, and 20 more$/);
    const last = tellStory({ operations: [], events: [], beliefs: [...many, ...views] });
    expect(last.map((line) => line.trim().slice(0, 7).trim())).to.deep.equal(
      [5, 6, 7, 8, 9, 10, 11, 12].map((viewnum) => `view ${viewnum}`),
    );
  });

  it('keeps to a line of bearable length, whatever is said', () => {
    const args = {
      Store: Array.from({ length: 40 }, (_, n) => ({ Key: `k${n}`, Value: 'v'.repeat(99) })),
    };
    const [line = ''] = tell(call('pb1', 'pb2', 10, { method: 'PBServer.Sync', args }));
    expect(line).to.match(
      /^10 ms {2}pb1 calls pb2 PBServer\.Sync \{Store: \[\{Key: "k0", Value: "v{24}…"\}/,
    );
    expect(line.length).to.be.below(340);
  });
});
