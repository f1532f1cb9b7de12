import { expect } from 'chai';
import { findScenario, missingOperations, STEPS } from '../../../harness/index.js';

/** The operations of the labs of 2013, 2014 and 2015. */
const LABS = [
  ['get', 'put'],
  ['get', 'put', 'puthash'],
  ['get', 'put', 'append'],
] as const;

/** Steps up to this one are about the view service alone. */
const LAST_OF_PART_A = 5;

describe('the steps of the lab', () => {
  const scenariosOf = (scenarios: readonly string[]) =>
    scenarios.flatMap((id) => findScenario(id) ?? []);

  it('are numbered from 1, without gaps', () => {
    expect(STEPS.map(({ number }) => number)).to.deep.equal(STEPS.map((_, index) => index + 1));
  });

  it('have scenarios that there are, each in one step', () => {
    const ids = STEPS.flatMap(({ scenarios }) => scenarios);
    expect(ids.filter((id) => findScenario(id) === undefined)).to.deep.equal([]);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('need no server or clerk before the sixth', () => {
    for (const { number, scenarios } of STEPS) {
      const part = number <= LAST_OF_PART_A ? 'A' : 'B';
      for (const scenario of scenariosOf(scenarios))
        expect(scenario.part, scenario.id).to.equal(part);
    }
  });

  it('leave something to play to each form of the lab', () => {
    for (const operations of LABS) {
      const playable = STEPS.filter(({ scenarios }) =>
        scenariosOf(scenarios).some((one) => missingOperations(one, operations).length === 0),
      );
      const isOld = operations.length === 2;
      // The lab of 2013 does not ask for at-most-once.
      expect(STEPS.length - playable.length).to.equal(isOld ? 1 : 0);
    }
  });
});
