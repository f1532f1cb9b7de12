/** Every rule of the lab has a scenario, and every scenario but a few has a mutant. */

import { expect } from 'chai';
import { RULES } from '../../../harness/lab/rules.js';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { MUTANTS } from '../../../reference/mutants/registry.js';

/** Known to the stock tests, and worth their points for what they are; others catch the same mistakes. */
const WITHOUT_MUTANT = [
  'put-after-backup-failure',
  'concurrent-puts',
  'concurrent-puts-unreliable',
  'concurrent-appends-unreliable',
  'concurrent-puthash-unreliable',
  'concurrent-mixed-unreliable',
  'repeated-crash',
  'repeated-crash-puthash',
  'repeated-freeze',
];

describe('the mutants', () => {
  it('have among them one for every scenario but a few', () => {
    const caught = new Set(MUTANTS.flatMap(({ caughtBy }) => caughtBy));
    const without = SCENARIOS.map(({ id }) => id).filter((id) => !caught.has(id));
    expect(without).to.deep.equal(WITHOUT_MUTANT);
  });
});

describe('the rules of the lab', () => {
  const tested = new Set<string>(SCENARIOS.map(({ source }) => source));

  for (const rule of Object.keys(RULES).filter((id) => !id.startsWith('kit-'))) {
    it(`${rule} has a scenario`, () => {
      expect(tested.has(rule)).to.equal(true);
    });
  }
});
