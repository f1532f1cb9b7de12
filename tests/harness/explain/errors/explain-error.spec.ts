/** How printed errors are matched with calls, and what is said of them. The runs are made up. */

import { expect } from 'chai';
import type { Operation } from '../../../../harness/history/operation.js';
import type { TimelineEvent } from '../../../../harness/history/timeline.js';
import type { TracedCall } from '../../../../harness/history/trace.js';
import type { RunTrace } from '../../../../harness/explain/errors/caller-reaction.js';
import { explain, explainErrors } from '../../../../harness/explain/errors/explain-error.js';
import { joinErrors } from '../../../../harness/explain/errors/match-calls.js';
import { collectErrors } from '../../../../harness/printed/printed-errors.js';
import { tellErrors } from '../../../../harness/explain/errors/tell-errors.js';

const EOF = 'unexpected EOF';
const RESET = 'read unix ->pb2: read: connection reset by peer';

/** A forward of pb1 to pb2 that ended at 110 ms without its reply. */
function forward(changes: Partial<TracedCall> = {}): TracedCall {
  return {
    from: 'pb1',
    to: 'pb2',
    number: 3,
    startMs: 100,
    deliveredMs: 101,
    repliedMs: 105,
    endMs: 110,
    method: 'PBServer.Forward',
    args: { Key: 'a' },
    result: { Err: 'OK' },
    ending: 'end of stream before the reply',
    operation: 0,
    ...changes,
  };
}

/** The request of c1 that led to it. */
function request(changes: Partial<TracedCall> = {}): TracedCall {
  return {
    from: 'c1',
    to: 'pb1',
    number: 7,
    startMs: 90,
    deliveredMs: 91,
    repliedMs: 120,
    endMs: 121,
    method: 'PBServer.PutAppend',
    args: { Key: 'a' },
    result: { Err: 'OK' },
    ending: 'answered',
    operation: 0,
    ...changes,
  };
}

const put: Operation = {
  id: 0,
  client: 'c1',
  op: 'put',
  key: 'a',
  value: 'x',
  callMs: 89,
  returnMs: 122,
  outcome: 'ok',
};

function printed(...lines: readonly [number, string][]) {
  const errors = collectErrors();
  for (const [atMs, line] of lines) errors.add(line, atMs);
  return errors;
}

function traceOf(calls: TracedCall[], timeline: TimelineEvent[] = []): RunTrace {
  return { calls, operations: [put], timeline, viewService: 'vs' };
}

/** What is said when `process` prints this line at 111 ms. */
function said(trace: RunTrace, line = EOF, process = 'pb1'): string[] {
  const { errors } = explainErrors([{ process, errors: printed([111, line]) }], trace);
  return explain(errors, trace).map(({ says }) => says.join('; '));
}

const HEAD = "pb1's call PBServer.Forward to pb2 (call 3) ended with unexpected EOF; ";

describe('a printed error', () => {
  const joined = (errors: [number, string][], calls: TracedCall[]) =>
    joinErrors('pb1', printed(...errors).kept, calls).map(({ call }) => call?.number);

  it('belongs to the call of the process that failed last before it', () => {
    const calls = [
      forward({ number: 1, endMs: 50 }),
      forward({ number: 2, endMs: 100 }),
      forward({ number: 3, endMs: 120 }),
      forward({ number: 4, endMs: 108, from: 'pb3' }),
      forward({ number: 5, endMs: 108, ending: 'answered' }),
      forward({ number: 6, endMs: 108, ending: 'caller hung up' }),
    ];
    expect(joined([[110, EOF]], calls)).to.deep.equal([2]);
  });

  it('takes no call that another one has', () => {
    const calls = [1, 2, 3].map((number) => forward({ number, endMs: 100 + number }));
    const errors: [number, string][] = [103, 104, 105].map((atMs) => [atMs, EOF]);
    expect(joined(errors, calls)).to.deep.equal([1, 2, 3]);
    expect(joined([...errors, [106, EOF]], calls)).to.deep.equal([undefined, 1, 2, 3]);
  });

  it('prefers a call that ended as the error says', () => {
    const calls = [
      forward({ number: 1, endMs: 100, ending: 'reset or broken pipe' }),
      forward({ number: 2, endMs: 101 }),
    ];
    expect(joined([[105, RESET]], calls)).to.deep.equal([1]);
    expect(joined([[105, 'write: broken pipe']], calls.slice(1))).to.deep.equal([2]);
    expect(
      joined(
        [
          [105, EOF],
          [106, RESET],
        ],
        calls,
      ),
    ).to.deep.equal([2, 1]);
  });

  it('belongs to a call to the peer that it names', () => {
    const lost = { ending: 'reset or broken pipe' } as const;
    const calls = [
      forward({ ...lost, number: 1, endMs: 100 }),
      forward({ ...lost, number: 2, endMs: 105, to: 'pb3' }),
    ];
    expect(joined([[110, RESET]], calls)).to.deep.equal([1]);
    expect(joined([[110, RESET]], calls.slice(1))).to.deep.equal([undefined]);
    expect(joined([[110, 'write: broken pipe']], calls)).to.deep.equal([2]);
  });

  it('belongs to none that failed long before, or later', () => {
    expect(joined([[700, EOF]], [forward()])).to.deep.equal([undefined]);
    expect(joined([[100, EOF]], [forward()])).to.deep.equal([undefined]);
  });

  it('of a dial belongs to no call, but to whom was dialled', () => {
    const line = 'dial unix pb2: connect: no such file or directory';
    expect(joined([[111, line]], [forward()])).to.deep.equal([undefined]);
  });
});

describe('what is said of a lost call', () => {
  it('is that it was executed, and that the client was told so', () => {
    expect(said(traceOf([request(), forward()]))).to.deep.equal([
      `${HEAD}the request was executed, the reply was lost; pb1 then answered c1's put of a as done`,
    ]);
  });

  const fates: [string, Partial<TracedCall>, TimelineEvent[], string][] = [
    [
      'was cut',
      { ending: 'end of stream inside the reply' },
      [],
      'the request was executed, the reply was cut',
    ],
    [
      'was refused',
      { result: { Err: 'ErrWrongServer' } },
      [],
      'pb2 answered "ErrWrongServer", and the reply was lost',
    ],
    ['failed', { error: 'no view' }, [], 'pb2 answered "no view", and the reply was lost'],
    [
      'was answered later',
      { repliedMs: 130 },
      [],
      'pb2 was still executing it, and answered 20 ms later, but its answer was dropped',
    ],
  ];
  for (const [what, changes, timeline, fate] of fates) {
    it(`is whether it ${what}`, () => {
      const [sentence] = said(traceOf([request(), forward(changes)], timeline));
      expect(sentence).to.equal(`${HEAD}${fate}; pb1 then answered c1's put of a as done`);
    });
  }

  it('is whether it was given to its callee at all', () => {
    const { deliveredMs: _delivered, repliedMs: _replied, ...rest } = forward();
    const unread: TracedCall = { ...rest, ending: 'reset or broken pipe' };
    expect(said(traceOf([request(), unread]), RESET)[0]).to.contain(
      'ended with connection reset by peer; pb2 never received the request; ',
    );
    const late: TracedCall = { ...rest, deliveredMs: 410 };
    expect(said(traceOf([request(), late]))[0]).to.contain(
      '; pb2 received the request only 300 ms later; ',
    );
  });

  it('is that its callee died with it', () => {
    const { repliedMs: _replied, ...unanswered } = forward();
    const killed: TimelineEvent = { kind: 'killed', atMs: 109, process: 'pb2' };
    expect(said(traceOf([unanswered], [killed]))[0]).to.contain(
      '; pb2 received the request and was killed before it answered, so the request may or may not have been executed; ',
    );
    const exited: TimelineEvent = { kind: 'exited', atMs: 130, process: 'pb2' };
    expect(said(traceOf([unanswered], [exited]))[0]).to.contain(' and ended by itself before it ');
    const dropped = { ...unanswered, fault: 'drop-reply' };
    for (const later of [exited, { ...killed, atMs: 111 }]) {
      expect(said(traceOf([dropped], [later]))[0]).to.contain('may still have been executing it');
    }
    const delayed = { ...unanswered, fault: 'delay-request' };
    expect(said(traceOf([delayed], [killed]))[0]).to.contain('was killed before it answered');
    expect(said(traceOf([unanswered], [{ ...killed, atMs: 300 }]))[0]).to.contain(
      '; pb2 received the request, and no answer was seen; ',
    );
    expect(said(traceOf([{ ...unanswered, fault: 'drop-reply' }]))[0]).to.contain(
      '; pb2 received the request, and it may still have been executing it; ',
    );
  });

  it('claims no more of a protocol that cannot be read than that it was answered', () => {
    const { method: _method, args: _args, result: _result, ...bare } = forward();
    const { method: _asked, args: _with, result: _told, ...served } = request();
    expect(said(traceOf([served, bare]))).to.deep.equal([
      "pb1's call to pb2 (call 3) ended with unexpected EOF; pb2 answered, and the reply was lost; " +
        "pb1 then answered c1's put of a",
    ]);
  });
});

describe('what a process did next', () => {
  const next = (...others: TracedCall[]) =>
    said(traceOf([forward(), ...others]))[0]?.replace(/.* was lost; /, '');

  it('is that it tried again, and with what success', () => {
    const again = { startMs: 150, endMs: 160, ending: 'answered' as const };
    expect(next(forward({ number: 4, ...again }))).to.equal(
      'pb1 tried again 40 ms later (answered)',
    );
    expect(
      next(
        forward({ number: 4, startMs: 150, endMs: 160 }),
        forward({ number: 5, ...again, startMs: 170, result: { Err: 'ErrUninitServer' } }),
        request({ repliedMs: 180 }),
      ),
    ).to.equal(
      `pb1 tried again 40 ms later, 2 times in all (answered "ErrUninitServer"), and then answered c1's put of a as done`,
    );
    expect(next(forward({ to: 'pb3', number: 1, startMs: 150, ending: 'open' }))).to.equal(
      'pb1 tried again with pb3 40 ms later (which was never answered)',
    );
  });

  it('is what it told its client', () => {
    expect(next(request({ result: { Err: 'ErrWrongServer' } }))).to.equal(
      `pb1 then answered c1's put of a with "ErrWrongServer"`,
    );
    expect(next(request({ result: {} })), 'a reply without a word').to.equal(
      "pb1 then answered c1's put of a",
    );
    const { repliedMs: _replied, ...unanswered } = request({ ending: 'open' });
    expect(next(unanswered)).to.equal("pb1 never answered c1's put of a");
  });

  it('is nothing, where other calls have to do with other things', () => {
    const nothing = 'pb1 did nothing more that could be seen';
    expect(next()).to.equal(nothing);
    expect(
      next(
        request({ operation: 5 }),
        request({ deliveredMs: 105 }),
        request({ repliedMs: 108 }),
        request({ to: 'pb3' }),
        forward({ startMs: 150, endMs: 160, operation: 6 }),
        forward({ startMs: 150, endMs: 160, method: 'PBServer.Transfer' }),
      ),
    ).to.equal(nothing);
  });

  it('is that it ended', () => {
    const trace = traceOf([forward()], [{ kind: 'exited', atMs: 130, process: 'pb1' }]);
    expect(said(trace)[0]).to.match(/; pb1 did nothing more until it ended by itself 20 ms later$/);
  });

  it('is that a clerk considered a failed call done', () => {
    const call = request({ ending: 'end of stream before the reply', endMs: 111 });
    const start =
      "c1's call PBServer.PutAppend to pb1 (call 7) ended with unexpected EOF; pb1 was still executing it, and answered 9 ms later, but its answer was dropped; ";
    expect(said(traceOf([call]), EOF, 'c1')).to.deep.equal([
      `${start}c1 then considered its put of a done`,
    ]);
    const lookup = request({ to: 'vs', startMs: 115, method: 'ViewServer.Get' });
    const retry = request({ to: 'pb2', number: 1, startMs: 118 });
    expect(said(traceOf([call, lookup, retry]), EOF, 'c1')).to.deep.equal([
      `${start}c1 tried again with pb2 7 ms later (answered)`,
    ]);
  });

  it('takes a try of the same operation for another one although the first was lost unread', () => {
    const {
      method: _method,
      args: _args,
      result: _result,
      repliedMs: _replied,
      ...rest
    } = request();
    const unread: TracedCall = { ...rest, ending: 'reset or broken pipe', endMs: 111 };
    const { deliveredMs: _delivered, ...lost } = unread;
    const retry = request({ number: 8, startMs: 118 });
    expect(said(traceOf([lost, retry]), RESET, 'c1'), 'of another link').to.deep.equal([]);
    const bare = 'connection reset by peer';
    expect(said(traceOf([lost, retry]), bare, 'c1')).to.deep.equal([
      "c1's call to pb1 (call 7) ended with connection reset by peer; pb1 never received the request; " +
        'c1 tried again 7 ms later (answered)',
    ]);
    const { operation: _operation, ...unknown } = lost;
    expect(said(traceOf([unknown, retry]), bare, 'c1')[0]).to.match(/; the request is not known$/);
  });

  it('is told in the order of time', () => {
    expect(
      next(request({ repliedMs: 130 }), forward({ startMs: 140, ending: 'answered' })),
    ).to.equal("pb1 then answered c1's put of a as done, and tried again 30 ms later (answered)");
  });

  it('is not that it kept silent, where the connection of its client was gone', () => {
    const { repliedMs: _replied, ...cut } = request({ ending: 'end of stream before the reply' });
    expect(next(cut)).to.equal("pb1 lost the connection before it could answer c1's put of a");
  });

  it('is told of a call without an operation by its arguments', () => {
    const { operation: _operation, ...transfer } = forward({ method: 'PBServer.Transfer' });
    const trace = traceOf([transfer, { ...transfer, number: 4, startMs: 200, ending: 'answered' }]);
    expect(said(trace)[0]).to.match(/pb1 tried again 90 ms later \(answered\)$/);
  });
});

describe('what is said of a dial that found nobody', () => {
  const line = 'dial unix pb2: connect: no such file or directory';
  const start = 'pb1 could not reach pb2 (no such socket); ';
  const started: TimelineEvent = { kind: 'started', atMs: 5, process: 'pb2' };
  const cut: TimelineEvent = {
    kind: 'fault',
    atMs: 50,
    fault: 'partition',
    from: 'pb1',
    to: 'pb2',
    callerSaw: 'refused',
    delivered: false,
  };
  const cases: [TimelineEvent[], string][] = [
    [[], 'pb2 had not been started'],
    [[{ ...started, atMs: 200 }], 'pb2 had not been started'],
    [[started, { kind: 'killed', atMs: 70, process: 'pb2' }], 'pb2 was killed at 70 ms'],
    [[started, { kind: 'exited', atMs: 70, process: 'pb2' }], 'pb2 ended by itself at 70 ms'],
    [[started, cut], 'the link to it had been removed by partition at 50 ms'],
    [
      [started, { ...cut, from: 'pb3' }, { ...cut, call: 4 }],
      'pb2 had been started at 5 ms, and may not have listened yet',
    ],
  ];
  for (const [timeline, why] of cases) {
    it(`is why: ${why}`, () => {
      expect(said(traceOf([], timeline), line)).to.deep.equal([`${start}${why}`]);
    });
  }
});

describe('the part of a story on printed errors', () => {
  const tell = (errors: ReturnType<typeof printed>, trace: RunTrace) =>
    tellErrors(explainErrors([{ process: 'pb1', errors }], trace), trace, {
      operations: [put],
      events: [],
    });

  it('is empty where nothing was printed', () => {
    expect(tell(printed(), traceOf([]))).to.deep.equal([]);
  });

  it('counts by process, error and link, and tells of each kind once', () => {
    const calls = [1, 2, 3].map((number) =>
      forward({ number, startMs: 100 + number, endMs: 110 + number, operation: 9 }),
    );
    const errors = printed([112, EOF], [113, EOF], [114, EOF], [115, EOF], [116, 'gob: bad data']);
    expect(tell(errors, traceOf(calls))).to.deep.equal([
      'Connection errors that the programs printed. They are normal where calls are lost;',
      'the reaction to them is what counts:',
      '  pb1: unexpected EOF 4 times (3 in calls to pb2, 1 in unknown calls)',
      '  pb1: gob error once (1 in unknown calls)',
      '  (unexpected EOF: the connection ended before the reply was whole, so the request may or may not have been executed)',
      '  (gob error: the message could not be decoded, as when a stream is cut or types differ)',
      "  111 ms  pb1's call PBServer.Forward to pb2 (call 1) ended with unexpected EOF (and 2 more like it):",
      '          the request was executed, the reply was lost',
      '          pb1 did nothing more that could be seen',
      '',
    ]);
  });

  it('prefers what has to do with the operations of the evidence, and stays short', () => {
    const others = Array.from({ length: 40 }, (_, n) =>
      forward({ number: n, method: `M${n}`, endMs: 1000 + n, operation: 9 }),
    );
    const errors = printed(
      [111, EOF],
      ...others.map(({ endMs = 0 }): [number, string] => [endMs, EOF]),
    );
    const near = tell(errors, traceOf([request(), forward(), ...others]));
    expect(near.filter((line) => line.includes('ended with'))).to.have.lengthOf(1);
    const far = tellErrors(
      explainErrors([{ process: 'pb1', errors }], traceOf(others)),
      traceOf(others),
      { operations: [], events: [] },
    );
    expect(far.filter((line) => line.includes('ended with'))).to.have.lengthOf(12);
  });

  it('prefers what was written to the same key to what was going on beside it', () => {
    const append: Operation = { ...put, id: 1, op: 'append', callMs: 20, returnMs: 30 };
    const elsewhere: Operation = { ...put, id: 2, key: 'b' };
    const calls = [
      forward({ number: 1, operation: 1, startMs: 21, endMs: 25, method: 'Append' }),
      ...Array.from({ length: 20 }, (_, n) =>
        forward({ number: n + 2, operation: 2, endMs: 100 + n, method: `M${n}` }),
      ),
    ];
    const errors = printed(...calls.map(({ endMs = 0 }): [number, string] => [endMs, EOF]));
    const trace = { ...traceOf(calls), operations: [put, append, elsewhere] };
    const lines = tell(errors, trace).filter((line) => line.includes('ended with'));
    expect(lines).to.have.lengthOf(12);
    expect(lines[0]).to.contain('25 ms  ').and.contain('Append');
  });

  it('says of how many it speaks where not all were kept', () => {
    const many = printed(...Array.from({ length: 5000 }, (_, n): [number, string] => [n, EOF]));
    const [, , counts = ''] = tell(many, traceOf([]));
    expect(counts).to.match(/^ {2}pb1: unexpected EOF 5000 times \(of the \d{3} kept: /);
  });
});
