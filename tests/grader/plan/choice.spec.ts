import { expect } from 'chai';
import { chooseScenarios } from '../../../grader/plan/choice.js';
import { UsageError } from '../../../harness/ground/errors.js';
import { SCENARIOS } from '../../../harness/scenarios/registry.js';

describe('the scenarios that a caller means', () => {
  const ids = SCENARIOS.map(({ id }) => id);

  it('are all without a pattern', () => {
    expect(chooseScenarios([])).to.deep.equal(ids);
  });

  it('are those that a pattern matches, in the order of the registry', () => {
    expect(chooseScenarios(['missing-key', 'single-primar?'])).to.deep.equal([
      'single-primary',
      'missing-key',
    ]);
  });

  it('are those that test what a stock test tests', () => {
    expect(chooseScenarios(['TestPartition?'])).to.deep.equal([
      'deposed-primary-refuses-reads',
      'deposed-primary-without-backup',
    ]);
  });

  it('are an error that names the pattern where there are none', () => {
    expect(() => chooseScenarios(['nothing-*'])).to.throw(UsageError, 'no such scenario');
  });
});
