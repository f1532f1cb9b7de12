import { expect } from 'chai';
import type { Parts } from '../../reference/command.js';
import { REFERENCE } from '../../reference/command.js';
import { MUTANTS } from '../../reference/mutants/registry.js';
import type { RandomRun } from './random-run.js';
import { randomRun } from './random-run.js';

const RUNS = 400;

function runMany(parts: Parts, runs: number): RandomRun[] {
  return Array.from({ length: runs }, (_, index) => randomRun(`seed ${index}`, parts));
}

describe('reference under a random network and a saboteur', () => {
  let runs: RandomRun[];

  before(function () {
    runs = runMany(REFERENCE, RUNS);
  });

  it('loses, repeats and reorders nothing, and completes everything', () => {
    const wrong = runs.flatMap(({ complaints }, index) =>
      complaints.map((complaint) => `seed ${index}: ${complaint}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('was really tried: servers died and views changed', () => {
    expect(sum(runs.map(({ kills }) => kills))).to.be.greaterThan(2 * RUNS);
    expect(sum(runs.map(({ views }) => views))).to.be.greaterThan(4 * RUNS);
  });

  // A ping with 0 that arrives after its sender has become a member reads as a restart. If the other
  // member dies at the same time, the lab's rules say: wait for ever.
  it('hardly ever had to stand still for want of a server with data', () => {
    expect(runs.filter(({ stuck }) => stuck).length).to.be.lessThan(RUNS / 33);
  });
});

/** What it must catch to be believed. Many others err where it never goes: in values, costs, processes. */
const CAUGHT = [
  'forward-result-ignored',
  'forward-blocks',
  'lost-forward-dropped',
  'no-duplicate-filter',
  'no-state-transfer',
  'filter-not-transferred',
  'loses-writes',
  'new-id-per-retry',
  'caches-view-for-ever',
];

describe('mutants under the same network', () => {
  for (const name of CAUGHT) {
    it(`${name} is caught`, () => {
      const mutant = MUTANTS.find((one) => one.name === name) ?? expect.fail('there is none');
      const parts = { ...REFERENCE, ...mutant.parts({ rate: 1, random: () => 0 }) };
      expect(runMany(parts, 40).flatMap(({ complaints }) => complaints)).to.not.be.empty;
    });
  }
});

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
