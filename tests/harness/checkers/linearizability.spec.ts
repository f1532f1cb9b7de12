import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { putHashOf } from '../../../reference/protocol.js';
import { linearizability } from '../../../harness/checkers/linearizability.js';
import { readHistory } from '../../../harness/history/format.js';
import type { Operation } from '../../../harness/history/operation.js';
import { append, failed, get, history, open, put, puthash } from '../history/operations.js';
import { coreIds, failure, judge, word } from './judge.js';

/** Recorded histories stand with the sources; this file runs from the build. */
const RECORDED = join(import.meta.dirname, '../../../../tests/data/histories');

const check = (operations: readonly Operation[]) => judge(linearizability, operations);

type Case = [name: string, operations: Operation[], word: string];

const GOOD: Case[] = [
  ['nothing at all', [], 'pass'],
  ['a missing key reads as ""', history(get('c1', '', 0, 1)), 'pass'],
  [
    'overlapping writes in either order',
    history(append('c1', 'a', 0, 9), append('c2', 'b', 1, 8), get('c3', 'ba', 10, 11)),
    'pass',
  ],
  [
    'a read during a put returns old or new',
    history(put('c1', 'a', 0, 9), get('c2', '', 1, 2), get('c3', 'a', 3, 4)),
    'pass',
  ],
  ['intervals that touch overlap', history(put('c1', 'a', 0, 5), get('c2', '', 5, 6)), 'pass'],
  [
    'everything in the same second, each client in its own order',
    history(put('c1', 'a', 5, 5), get('c2', '', 5, 5), get('c1', 'a', 5, 5), get('c2', 'a', 5, 5)),
    'pass',
  ],
  [
    'an unanswered append that shows up late',
    history(open(append('c1', 'a', 0, 1)), get('c2', '', 50, 51), get('c2', 'a', 52, 53)),
    'pass',
  ],
  [
    'an unanswered append that never shows up',
    history(open(append('c1', 'a', 0, 1)), get('c2', '', 50, 51)),
    'pass',
  ],
  [
    'a write that shows up after its clerk gave up',
    history(
      { ...append('c1', 'a', 0, 1), outcome: 'indefinite', error: 'three tries' },
      get('c2', '', 50, 51),
      get('c2', 'a', 52, 53),
    ),
    'pass',
  ],
  [
    'a failed put that is not there',
    history(failed(put('c1', 'a', 0, 1)), get('c2', '', 2, 3)),
    'pass',
  ],
  [
    'a get that was never answered',
    history(put('c1', 'a', 0, 1), open(get('c2', 'zzz', 2, 3))),
    'pass',
  ],
  [
    'appends of ""',
    history(
      append('c1', '', 0, 1),
      append('c2', 'a', 2, 3),
      append('c1', '', 4, 5),
      get('c1', 'a', 6, 7),
    ),
    'pass',
  ],
  [
    'an append before a put that overlaps it leaves no trace',
    history(append('c1', 'a', 0, 9), put('c2', 'b', 1, 8), get('c1', 'b', 10, 11)),
    'pass',
  ],
];

const BAD: Case[] = [
  [
    'an acknowledged put is gone',
    history(put('c1', 'a', 0, 1), get('c2', '', 2, 3)),
    'lost-acknowledged-write',
  ],
  [
    'an acknowledged append is gone',
    history(append('c1', 'a', 0, 1), append('c1', 'b', 2, 3), get('c2', 'b', 4, 5)),
    'lost-acknowledged-write',
  ],
  [
    'an older value is read, and later the newer again',
    history(put('c1', 'a', 0, 1), put('c1', 'b', 2, 3), get('c2', 'a', 4, 5), get('c2', 'b', 6, 7)),
    'stale-read',
  ],
  [
    'a read goes back behind another read',
    history(open(append('c1', 'a', 0, 1)), get('c2', 'a', 2, 3), get('c3', '', 4, 5)),
    'stale-read',
  ],
  [
    'an append that was made once is there twice',
    history(append('c1', 'a', 0, 1), get('c2', 'aa', 2, 3)),
    'duplicate-append',
  ],
  [
    'a value appears that nobody wrote',
    history(append('c1', 'a', 0, 1), get('c2', 'ab', 2, 3)),
    'value-never-written',
  ],
  [
    'a failed put shows up',
    history(failed(put('c1', 'a', 0, 1)), get('c2', 'a', 2, 3)),
    'value-never-written',
  ],
  [
    'a value appears before it was written',
    history(get('c2', 'a', 0, 1), put('c1', 'a', 2, 3)),
    'value-never-written',
  ],
  [
    'an older value is read after one that overlapped it, and may have overwritten it',
    history(put('c1', 'a', 0, 2), put('c2', 'b', 1, 5), get('c3', 'b', 3, 4), get('c4', 'a', 6, 7)),
    'reads-disagree',
  ],
  [
    'two reads tell of different orders',
    history(
      append('c1', 'a', 0, 9),
      append('c2', 'b', 0, 9),
      get('c3', 'ab', 10, 11),
      get('c4', 'ba', 10, 11),
    ),
    'reads-disagree',
  ],
  [
    'acknowledged appends stand in the wrong order',
    history(append('c1', 'a', 0, 1), append('c2', 'b', 2, 3), get('c3', 'ba', 4, 5)),
    'order-violated',
  ],
];

describe('linearizability', () => {
  for (const [name, operations, expected] of [...GOOD, ...BAD]) {
    it(`${expected === 'pass' ? 'passes' : `says ${expected} when`} ${name}`, () => {
      expect(word(check(operations))).to.equal(expected);
    });
  }

  it('says in one sentence who read what, and what should have been there', () => {
    const finding = failure(
      check(history(append('c1', 'b', 890, 900), get('c2', 'a', 1312, 1313), put('c3', 'a', 1, 2))),
    );
    expect(finding.says).to.equal(
      'c2 read k = "a" at 1312 ms, but c1\'s append of "b" had been acknowledged at 900 ms.',
    );
    expect(finding).to.include({ class: 'safety', rule: 'kv-latest', operation: 'get' });
  });

  it('names the rule of at-most-once for a duplicate', () => {
    const finding = failure(check(history(append('c1', 'a', 0, 1), get('c2', 'aa', 2, 3))));
    expect(finding.rule).to.equal('kv-at-most-once');
    expect(coreIds(finding)).to.deep.equal([1]);
  });

  it('counts what it judged, and says that nothing overlapped', () => {
    const other = { ...put('c1', 'a', 0, 1), key: 'other' };
    expect(check(history(other, put('c1', 'a', 2, 3), get('c2', 'a', 4, 5))).says).to.equal(
      '3 operations on 2 keys are linearizable; none overlapped on a key.',
    );
  });

  it('says that no value was read, if none was', () => {
    const writes = history(put('c1', 'a', 0, 1), open(get('c2', '', 2, 3)));
    expect(check(writes).says).to.equal('1 operation on 1 key is linearizable; no value was read.');
  });

  it('says how much of what it judged overlapped', () => {
    const operations = history(
      put('c1', 'a', 0, 5),
      open(append('c2', 'b', 1, 2)),
      get('c3', '', 5, 6),
      get('c3', 'a', 7, 8),
      { ...put('c1', 'a', 0, 9), key: 'other' },
    );
    // Of six pairs on k only the put and the last get, and the two gets, do not overlap.
    expect(check(operations).says).to.equal(
      '5 operations on 2 keys are linearizable; at most 3 overlapped on one key, 67 % of the pairs that share a key.',
    );
  });

  it('rests a refusal on the operations that contradict each other, in order of time', () => {
    const noise = Array.from({ length: 30 }, (_, at) =>
      append('c1', `<${at}>`, at * 10, at * 10 + 1),
    );
    const lost = append('c2', 'lost', 55, 56);
    const read = get('c3', noise.map(({ value = '' }) => value).join(''), 400, 401);
    const finding = failure(check(history(...noise, lost, read)));
    expect(coreIds(finding)).to.deep.equal([30, 31]);
  });

  it('prefers a lost write to other failures, and few operations to many', () => {
    const phantom = { ...get('c1', 'zzz', 0, 1), key: 'a' };
    const written = { ...put('c1', 'x', 2, 3), key: 'b' };
    const missing = { ...get('c1', '', 4, 5), key: 'b' };
    const finding = check(history(phantom, written, missing));
    expect(word(finding)).to.equal('lost-acknowledged-write');
  });

  it('shows the faults on those operations, and kills and views between them', () => {
    const finding = failure(
      judge(linearizability, history(put('c1', 'a', 10, 20), get('c2', '', 50, 60)), [
        { kind: 'killed', atMs: 5, process: 'pb3' },
        {
          kind: 'fault',
          atMs: 12,
          fault: 'drop-reply',
          from: 'pb1',
          to: 'pb2',
          call: 3,
          operation: 0,
          callerSaw: 'end of stream before the reply',
          delivered: true,
        },
        {
          kind: 'fault',
          atMs: 13,
          fault: 'drop-reply',
          from: 'pb1',
          to: 'pb2',
          call: 4,
          operation: 7,
          callerSaw: 'silence',
          delivered: true,
        },
        { kind: 'killed', atMs: 30, process: 'pb1' },
        { kind: 'view', atMs: 40, view: { viewnum: 3, primary: 'pb2', backup: '' } },
        { kind: 'killed', atMs: 70, process: 'pb2' },
      ]),
    );
    expect(finding.evidence.events.map(({ atMs }) => atMs)).to.deep.equal([12, 30, 40]);
  });

  it('shows at most twelve events', () => {
    const timeline = Array.from({ length: 100 }, (_, at) => ({
      kind: 'killed' as const,
      atMs: at / 10,
      process: 'pb1',
    }));
    const operations = history(put('c1', 'a', 0, 1), get('c2', '', 50, 60));
    const finding = failure(judge(linearizability, operations, timeline));
    expect(finding.evidence.events).to.have.length(12);
  });
});

describe('linearizability of puthashes', () => {
  const ONE = putHashOf('', 'a');
  const TWO = putHashOf(ONE, 'b');
  const first = puthash('c1', 'a', '', 0, 1);
  const CASES: Case[] = [
    [
      'a chain in order',
      history(first, puthash('c2', 'b', ONE, 2, 3), get('c3', TWO, 4, 5)),
      'pass',
    ],
    [
      'two at once, either first',
      history(puthash('c1', 'b', ONE, 0, 9), puthash('c2', 'a', '', 0, 9)),
      'pass',
    ],
    [
      'a put that starts a chain anew',
      history(first, put('c2', 'x', 2, 3), puthash('c1', 'a', 'x', 4, 5)),
      'pass',
    ],
    ['one without an answer that is seen', history(open(first), get('c3', ONE, 4, 5)), 'pass'],
    ['one without an answer that is not', history(open(first), get('c3', '', 4, 5)), 'pass'],
    [
      'two without an answer, seen as one after the other',
      history(open(first), open(puthash('c2', 'b', '', 0, 1)), get('c3', TWO, 4, 5)),
      'pass',
    ],
    [
      'one was done twice, and its clerk told the first answer',
      history(first, puthash('c2', 'b', putHashOf(ONE, 'a'), 2, 3)),
      'duplicate-puthash',
    ],
    [
      'one was done twice, and its clerk told the second answer',
      history(puthash('c1', 'a', ONE, 0, 1)),
      'duplicate-puthash',
    ],
    ['an acknowledged one is gone', history(first, get('c2', '', 2, 3)), 'lost-acknowledged-write'],
    [
      'two were told the same value',
      history(first, puthash('c2', 'b', '', 2, 3), get('c3', putHashOf('', 'b'), 4, 5)),
      'lost-acknowledged-write',
    ],
    [
      'a read goes back behind a chain',
      history(
        first,
        puthash('c2', 'b', ONE, 2, 3),
        get('c3', ONE, 4, 5),
        puthash('c1', 'c', TWO, 6, 7),
      ),
      'stale-read',
    ],
    [
      'one returns a value that nobody wrote',
      history(puthash('c1', 'a', 'q', 0, 1)),
      'value-never-written',
    ],
    [
      'a write fell in between the two halves of one',
      history(first, append('c2', '!', 2, 3), puthash('c1', 'c', ONE, 4, 5)),
      'lost-acknowledged-write',
    ],
  ];
  for (const [name, operations, expected] of CASES) {
    it(`${expected === 'pass' ? 'passes' : `says ${expected} when`} ${name}`, () => {
      expect(word(check(operations))).to.equal(expected);
    });
  }

  it('names the two that cannot both have been done', () => {
    const finding = failure(check(history(first, puthash('c2', 'b', '', 2, 3))));
    expect(finding.says).to.equal(
      'c2\'s puthash of "b" to k at 2 ms returned "", but so had c1\'s puthash of "a", acknowledged at 1 ms: one of them is lost.',
    );
    expect(finding).to.include({ operation: 'puthash', rule: 'kv-latest' });
  });

  it('names the one that was done twice', () => {
    const finding = failure(check(history(first, get('c2', putHashOf(ONE, 'a'), 2, 3))));
    expect(finding.says).to.equal(
      'c2 read k = "265229659" at 2 ms, which is the result of doing c1\'s puthash of "a" twice.',
    );
    expect(finding.rule).to.equal('kv-at-most-once');
  });

  it('follows a chain of 300 by three clients', () => {
    let value = '';
    const chain = Array.from({ length: 300 }, (_, at) => {
      const next = puthash(`c${at % 3}`, `x ${at} y`, value, at * 10, at * 10 + 25);
      value = putHashOf(value, `x ${at} y`);
      return next;
    });
    expect(word(check(history(...chain, get('c0', value, 4_000, 4_001))))).to.equal('pass');
    const unanswered = chain.map((next, at) =>
      [70, 71, 150, 220].includes(at) ? open(next) : next,
    );
    expect(word(check(history(...unanswered)))).to.equal('pass');
    const without = chain.toSpliced(100, 1);
    expect(word(check(history(...without)))).to.equal('value-never-written');
  });
});

describe('linearizability, on recorded histories', () => {
  const VERDICTS = { 'c01-ok': 'pass', 'c01-bad': 'fail', 'c10-ok': 'pass', 'c10-bad': 'fail' };
  for (const [name, verdict] of Object.entries(VERDICTS)) {
    it(`says ${verdict} to ${name}`, () => {
      const recorded = readHistory(readFileSync(join(RECORDED, `${name}.txt`), 'utf8'));
      expect(check(recorded).verdict).to.equal(verdict);
    });
  }
});

describe('linearizability, of one client whose operations touch', () => {
  const touching: Case[] = [
    ['a put, then a get', history(put('c1', 'a', 10, 20), get('c1', '', 20, 30)), 'fail'],
    ['both within one tick', history(put('c1', 'a', 5, 5), get('c1', '', 5, 5)), 'fail'],
    [
      'two appends, in the wrong order',
      history(append('c1', 'a', 0, 5), append('c1', 'b', 5, 9), get('c2', 'ba', 10, 11)),
      'fail',
    ],
    [
      'three in one tick, of which the one in the middle is on another key',
      [
        ...history(put('c1', 'a', 5, 5), { ...put('c1', 'b', 5, 5), key: 'other' }),
        { id: 2, ...get('c1', '', 5, 5) },
      ],
      'fail',
    ],
    [
      'two clients that see each other too late, in one tick',
      history(
        put('c1', 'a', 5, 5),
        get('c1', 'b', 5, 5),
        put('c2', 'b', 5, 5),
        get('c2', 'a', 5, 5),
        get('c1', 'a', 5, 5),
        get('c2', 'b', 5, 5),
      ),
      'fail',
    ],
    [
      'a get before the put that it sees, an append of "" between them, in one tick',
      history(
        put('c1', 'b', 0, 0),
        get('c1', 'c', 0, 0),
        append('c1', '', 0, 0),
        put('c1', 'c', 0, 1),
      ),
      'fail',
    ],
    [
      'the same with operations that take time',
      history(
        put('c1', 'b', 2, 5),
        get('c1', 'c', 5, 8),
        append('c1', '', 8, 8),
        put('c1', 'c', 8, 13),
      ),
      'fail',
    ],
    [
      'a get after the put that it sees, an append of "" between them',
      history(put('c1', 'c', 0, 0), append('c1', '', 0, 0), get('c1', 'c', 0, 0)),
      'pass',
    ],
    [
      'an unanswered put, then a get of it, in one tick',
      history(open(put('c1', 'a', 0, 0)), get('c1', 'a', 0, 0)),
      'pass',
    ],
    [
      'a get of a put that its client made later in the same tick and that was not answered',
      history(get('c1', 'a', 0, 0), open(put('c1', 'a', 0, 0))),
      'fail',
    ],
    [
      'an unanswered put, then a get of it that takes time',
      history(open(put('c1', 'a', 0, 0)), get('c1', '', 0, 4), get('c1', 'a', 4, 4)),
      'pass',
    ],
    [
      'an unanswered put does not bind',
      history(open(put('c1', 'a', 5, 5)), get('c1', '', 5, 6), get('c1', 'a', 6, 7)),
      'pass',
    ],
  ];
  for (const [name, operations, verdict] of touching) {
    it(`${verdict === 'pass' ? 'passes' : 'refuses'}: ${name}`, () => {
      expect(check(operations).verdict).to.equal(verdict);
    });
  }

  it('says which write of its own a client did not see', () => {
    const finding = failure(check(history(put('c1', 'a', 10, 20), get('c1', '', 20, 30))));
    expect(finding.symptom).to.equal('lost-acknowledged-write');
    expect(finding.says).to.include('c1\'s put of "a" had been acknowledged at 20 ms');
  });
});

describe('linearizability, within a budget', () => {
  /** Overlapping writes of a few values that reads cannot tell apart, and a read that fits none. */
  const hard = history(
    ...Array.from({ length: 40 }, (_, at) =>
      at % 2 === 0
        ? append(`c${at}`, 'ab'.slice(0, 1 + (at % 3 === 0 ? 1 : 0)), 0, 1000)
        : put(`c${at}`, 'a'.repeat(at % 5), 0, 1000),
    ),
    ...Array.from({ length: 12 }, (_, at) => get(`r${at}`, `${'a'.repeat(at)}b`, 0, 1000)),
    get('last', 'abababababab', 1001, 1002),
    get('last', 'ba', 1003, 1004),
  );

  it('says unknown when its memory is used up', () => {
    const finding = linearizability.check(hard, {
      timeline: [],
      budget: { timeMs: 60_000, states: 20 },
    });
    expect(finding).to.include({ verdict: 'unknown', cause: 'budget-exhausted' });
  });

  it('says unknown when its time is used up', () => {
    const finding = linearizability.check(hard, {
      timeline: [],
      budget: { timeMs: 0, states: 1_000 },
    });
    expect(finding).to.include({ verdict: 'unknown', cause: 'budget-exhausted' });
  });

  it('needs no budget where written values are unique', () => {
    const operations = history(put('c1', 'a', 0, 1), get('c2', '', 2, 3));
    const finding = linearizability.check(operations, {
      timeline: [],
      budget: { timeMs: 0, states: 0 },
    });
    expect(finding).to.include({ verdict: 'fail', symptom: 'lost-acknowledged-write' });
    expect(coreIds(finding)).to.deep.equal([0, 1]);
  });
});
