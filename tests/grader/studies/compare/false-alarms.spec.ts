/** Two submissions that behave alike must not be told apart: how often a comparison says "worse" by chance. */

import { expect } from 'chai';
import { randomFrom } from '../../../../harness/index.js';
import { compareMadeUp, costsOf, LOSES_WRITES } from './made-up.js';

const TRIALS = 120;
const RUNS = 15;

/** From hopeless to sound; rates of one half are where chance does most. */
const RATES: Record<string, number> = { a: 0, b: 0.05, c: 0.3, d: 0.5, e: 0.95 };

describe('a comparison of a submission with itself', () => {
  it('says "worse" in no more than 5 of 100 cases', () => {
    const random = randomFrom('alike');
    /** As on a busy machine: now and then several times as long. */
    const noisy = () =>
      Math.exp(random.float() + random.float() - 1) * (random.chance(0.1) ? 4 : 1);
    let worse = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const { verdict } = compareMadeUp({
        scenarios: Object.keys(RATES),
        runs: RUNS,
        ending(run) {
          if (random.chance(RATES[run.scenario] ?? 0)) return LOSES_WRITES;
          return costsOf(run, { latencyP50Ms: 5 * noisy(), failOverMs: 500 * noisy() });
        },
      });
      if (verdict === 'worse') worse++;
    }
    expect(worse / TRIALS).to.be.at.most(0.05);
  });
});
