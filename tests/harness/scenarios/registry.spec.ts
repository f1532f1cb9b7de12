/** Every rule of the lab has a scenario, and every scenario but a few has a mutant. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { RULES } from '../../../harness/lab/rules.js';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';
import { MUTANTS } from '../../../reference/mutants/registry.js';
import { sourceFiles } from '../../imports.js';
import { ROOT } from '../../root.js';

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

describe('the tiers', () => {
  /** Definitions may take over most fields of another one, but a tier is a judgement about one scenario. */
  it('are said by each scenario itself', () => {
    const wrong = sourceFiles(ROOT, 'harness/scenarios').filter((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const lines = (key: string) => text.match(new RegExp(`^  ${key}: '`, 'gm'))?.length ?? 0;
      return lines('id') !== lines('tier');
    });
    expect(wrong, 'files with a scenario that has no tier of its own').to.deep.equal([]);
  });

  it('call every scenario asked that is a part of a stock test, but one that is stricter', () => {
    const softer = SCENARIOS.filter(
      ({ stockTest, tier }) => stockTest !== undefined && tier !== 'asked',
    );
    expect(softer.map(({ id }) => id)).to.deep.equal(['view-refilled-at-takeover']);
  });

  it('call no generated scenario asked', () => {
    const generated = SCENARIOS.filter(
      ({ draw, id }) => draw !== undefined || id === 'generated-views',
    );
    expect(new Set(generated.map(({ tier }) => tier))).to.deep.equal(new Set(['implied']));
  });
});
