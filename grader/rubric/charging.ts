/** Where the failures of one submission are charged: charge-once.ts with what they cost by the rubric. */

import type { ScenarioTally } from '../tally/scenario-tally.js';
import { chooseCharges, sortFailures, type Charges, type SortedFailures } from './charge-once.js';
import { earnedPoints } from './earned-points.js';
import type { Rubric } from './rubric.js';

export interface Charging {
  /** By scenario; of those that have a usable run. */
  failures: ReadonlyMap<string, SortedFailures>;
  charges: Charges;
}

/** Where failures are charged. Of several ways that cost the same, one is taken that students can see. */
export function chargeFailures(rubric: Rubric, tallies: readonly ScenarioTally[]): Charging {
  const worths = rubric.parts.flatMap(({ scenarios }) => scenarios);
  const shownFirst = [
    ...worths.filter(({ hidden }) => !hidden),
    ...worths.filter(({ hidden }) => hidden),
  ];
  const graded = shownFirst.flatMap((worth) => {
    const tally = tallies.find(({ scenario }) => scenario === worth.scenario);
    return tally === undefined || tally.passed + tally.failed === 0 ? [] : [{ worth, tally }];
  });
  const failures = graded.map(({ tally }) => sortFailures(tally, rubric.chargeOnce));
  const losses = new Map(
    graded.map(({ worth, tally }) => [
      worth.scenario,
      (charged: number) => worth.points - earnedPoints(rubric, worth, tally, charged).points,
    ]),
  );
  return {
    failures: new Map(failures.map((one) => [one.scenario, one])),
    charges: chooseCharges(failures, (id, charged) => losses.get(id)?.(charged) ?? 0),
  };
}
