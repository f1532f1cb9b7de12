import { expect } from 'chai';
import * as fc from 'fast-check';
import { appendIntegrity } from '../../../harness/checkers/append-integrity.js';
import { append, failed, get, history, open, put, puthash } from '../history/operations.js';
import { coreIds, failure, judge, word } from './judge.js';
import { correctLogs } from './small-histories.js';

const check = (...sketches: Parameters<typeof history>) =>
  judge(appendIntegrity, history(...sketches));

const A = append('c1', '(1)', 0, 1);
const B = append('c1', '(2)', 2, 3);
const OTHER = append('c2', '(3)', 0, 3);

describe('append integrity', () => {
  const GOOD: [name: string, sketches: Parameters<typeof history>][] = [
    ['every acknowledged append once', [A, B, OTHER, get('c3', '(1)(3)(2)', 4, 5)]],
    ['a put before all appends', [put('c0', 'x', -2, -1), A, get('c3', 'x(1)', 4, 5)]],
    ['a read during the put', [put('c0', 'x', -4, -1), get('c3', '', -3, -2), A]],
    ['an append under way that is there', [append('c1', '(1)', 0, 9), get('c3', '(1)', 4, 5)]],
    ['an append under way that is not', [append('c1', '(1)', 0, 9), get('c3', '', 4, 5)]],
    ['an unanswered append that is there', [open(A), B, get('c3', '(2)(1)', 4, 5)]],
    ['appends of ""', [append('c1', '', 0, 1), append('c2', '', 0, 1), get('c3', '', 4, 5)]],
    ['a key with a put among appends, unjudged', [A, put('c2', 'x', 2, 3), get('c3', 'q', 4, 5)]],
    [
      'a key with a puthash among appends, unjudged',
      [A, puthash('c2', 'x', '(1)', 2, 3), get('c3', 'q', 4, 5)],
    ],
    [
      'appends that read alike, unjudged',
      [append('c1', '1', 0, 1), append('c1', '12', 2, 3), get('c3', '2', 4, 5)],
    ],
  ];
  for (const [name, sketches] of GOOD) {
    it(`passes ${name}`, () => {
      expect(word(check(...sketches))).to.equal('pass');
    });
  }

  const BAD: [
    name: string,
    symptom: string,
    core: number[],
    sketches: Parameters<typeof history>,
  ][] = [
    [
      'an acknowledged append is missing',
      'lost-acknowledged-write',
      [0, 2],
      [A, B, get('c3', '(2)', 4, 5)],
    ],
    [
      'the first put is missing',
      'lost-acknowledged-write',
      [0, 2],
      [put('c0', 'x', -2, -1), A, get('c3', '(1)', 4, 5)],
    ],
    ['an append is there twice', 'duplicate-append', [0, 1], [A, get('c3', '(1)(1)', 4, 5)]],
    [
      'an unanswered append is there twice',
      'duplicate-append',
      [0, 1],
      [open(A), get('c3', '(1)(1)', 4, 5)],
    ],
    [
      'appends of a client change places',
      'append-order',
      [0, 1, 2],
      [A, B, get('c3', '(2)(1)', 4, 5)],
    ],
    ['bytes stand between appends', 'value-never-written', [2], [A, B, get('c3', '(1)?(2)', 4, 5)]],
    ['half an append is there', 'value-never-written', [1], [A, get('c3', '(1', 4, 5)]],
    [
      'a failed append is there',
      'value-never-written',
      [2],
      [A, failed(B), get('c3', '(1)(2)', 4, 5)],
    ],
  ];
  for (const [name, symptom, core, sketches] of BAD) {
    it(`says ${symptom} when ${name}`, () => {
      const finding = check(...sketches);
      expect(word(finding)).to.equal(symptom);
      expect(coreIds(finding)).to.deep.equal(core);
    });
  }

  it('says in one sentence what is missing', () => {
    expect(check(A, get('c3', '', 4, 5)).says).to.equal(
      'c3 read k = "" at 4 ms, but c1\'s append of "(1)" to k had been acknowledged at 1 ms.',
    );
  });

  it('names at-most-once for a duplicate, and a loss before all else', () => {
    const twice = get('c3', '(1)(1)', 4, 5);
    expect(failure(check(A, twice)).rule).to.equal('kv-at-most-once');
    expect(word(check(A, twice, get('c3', '', 6, 7)))).to.equal('lost-acknowledged-write');
  });

  it('passes whatever a correct register answers', () => {
    fc.assert(
      fc.property(correctLogs(9), (operations) => {
        expect(judge(appendIntegrity, operations).says).to.match(/^Every append/);
      }),
      { numRuns: 5_000 },
    );
  });
});
