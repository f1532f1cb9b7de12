import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  cellsOfRuns,
  countRuns,
  firstOf,
  inOrder,
  placesIn,
  plannedCells,
  plannedRuns,
} from '../../../grader/plan/run-cells.js';
import { controlCells } from '../../../grader/tally/control-arm.js';
import { planOf, withControl } from '../support.js';

/** Two submissions, of which one has begun a scenario again, and scenarios of 7 and 3 runs. */
const PLAN = (() => {
  const plan = planOf(['alice', 'bob'], ['put', 'get'], 7);
  const [alice, bob] = plan.submissions;
  const [put, get] = plan.scenarios;
  if (!alice || !bob || !put || !get) expect.fail();
  return {
    ...plan,
    submissions: [{ ...alice, revisions: { put: 2 } }, bob],
    scenarios: [put, { ...get, runShare: 0.4 }],
  };
})();

const CELLS = plannedCells(PLAN);

describe('the cells of a plan', () => {
  it('know the place of each of their runs', () => {
    const placeOf = placesIn(CELLS);
    const runs = CELLS.flatMap((cell) =>
      Array.from({ length: cell.length }, (_, position) => ({ cell, position })),
    );
    expect(runs).to.have.length(20);
    for (const { cell, position } of runs) {
      expect(placeOf(cell.at(position))).to.deep.equal({ cell, position });
    }
  });

  it('have no place for others', () => {
    const [first] = plannedRuns(PLAN);
    if (first === undefined) expect.fail();
    const placeOf = placesIn(CELLS);
    // Of an earlier revision, beyond the end, a replay, of another submission, and no key at all.
    const keys = ['alice/put/0', 'alice/put/r2/7', 'alice/put/r2/again-0/0', 'bob/put/0', 'alice'];
    for (const key of keys) expect(placeOf({ ...first, key }), key).to.equal(undefined);
    const submission = { ...first.submission, name: 'carol' };
    expect(placeOf({ ...first, submission })).to.equal(undefined);
  });

  it('can be shortened', () => {
    for (const cells of [CELLS, cellsOfRuns(plannedRuns(PLAN))]) {
      const short = cells.map((cell) => firstOf(cell, 2));
      const keys = [...inOrder(short)].map(({ key }) => key);
      expect(keys).to.deep.equal([...inOrder(cells)].slice(0, 8).map(({ key }) => key));
      const placeOf = placesIn(short);
      const known = plannedRuns(PLAN).filter((run) => placeOf(run) !== undefined);
      expect(known.map(({ key }) => key)).to.deep.equal(keys);
    }
  });

  it('are found again from their runs, in the same order', () => {
    const runs = plannedRuns(PLAN);
    expect([...inOrder(cellsOfRuns(runs))]).to.deep.equal(runs);
    expect(cellsOfRuns(runs).map(({ name }) => name)).to.deep.equal(CELLS.map(({ name }) => name));
  });
});

describe('the cells of a control arm', () => {
  it('have as many runs as belong to it, in rounds over all scenarios', () => {
    const arbitrary = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.nat(60),
      fc.integer({ min: 2, max: 20 }),
    );
    fc.assert(
      fc.property(arbitrary, ([scenarios, runs, oneIn]) => {
        const ids = Array.from({ length: scenarios }, (_, n) => `scenario-${n}`);
        const cells = controlCells(withControl(planOf(['alice'], ids, runs + 1), oneIn));
        const count = Math.floor((scenarios * (runs + 1)) / (oneIn - 1));
        expect(countRuns(cells)).to.equal(count);
        expect([...inOrder(cells)].map(({ key }) => key)).to.deep.equal(
          Array.from(
            { length: count },
            (_, n) => `control/${ids[n % scenarios]}/${Math.floor(n / scenarios)}`,
          ),
        );
      }),
    );
  });
});
