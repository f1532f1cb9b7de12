import { expect } from 'chai';
import * as fc from 'fast-check';
import { createLedger, type Guess } from '../../../../harness/checkers/linearizability/ledger.js';

/** Three answers to each of four guesses; what must not be true together, by guess and answer. */
const GUESSES = 4;
const ANSWERS = 3;

type Rule = readonly (readonly [guess: number, answer: number])[];

const rule: fc.Arbitrary<Rule> = fc.uniqueArray(
  fc.tuple(fc.nat({ max: GUESSES - 1 }), fc.nat({ max: ANSWERS - 1 })),
  { minLength: 1, maxLength: 3, selector: ([guess]) => guess },
);

const breaks = (answers: readonly number[], broken: Rule) =>
  broken.every(([guess, answer]) => answers[guess] === answer);

function isPossible(rules: readonly Rule[], answers: readonly number[] = []): boolean {
  if (answers.length === GUESSES) return !rules.some((broken) => breaks(answers, broken));
  return [0, 1, 2].some((answer) => isPossible(rules, [...answers, answer]));
}

/** Guesses and learns from each rule that the guesses break, until none does. */
function learnAll(rules: readonly Rule[]): 'possible' | 'refuted' {
  const ledger = createLedger();
  const guesses = Array.from({ length: GUESSES }, () => ledger.guess(ANSWERS));
  for (;;) {
    const answers = guesses.map(({ chosen }) => chosen);
    const broken = rules.filter((one) => breaks(answers, one));
    if (broken.length === 0) return 'possible';
    const learned = ledger.learn(broken.map((one) => asLesson(one, guesses)));
    if (learned.state === 'refuted') return 'refuted';
    expect(learned.state).to.equal('guessed');
  }
}

function asLesson(broken: Rule, guesses: readonly Guess[]) {
  const answers = new Map<Guess, number>();
  for (const [at, answer] of broken) {
    const guess = guesses[at];
    if (guess !== undefined) answers.set(guess, answer);
  }
  return { answers, because: new Set<never>() };
}

describe('ledger of guesses', () => {
  it('ends with guesses that break no rule, exactly if there are any', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 25 }), (rules) => {
        expect(learnAll(rules)).to.equal(isPossible(rules) ? 'possible' : 'refuted');
      }),
      { numRuns: 500 },
    );
  });
});
