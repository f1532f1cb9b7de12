/** Points that a correct submission loses by the kit's own false alarms, as far as its calibration rules them out. */

import type { Calibration } from '../../measured/calibration.js';
import type { RubricScenario } from '../../rubric/rubric.js';
import { clopperPearson } from '../../statistics/clopper-pearson.js';
import type { Grader } from './grades.js';
import type { FalseAlarmCost } from './operating-curve.js';

/** The reference's runs of one scenario of the rubric. */
interface Row {
  worth: RubricScenario;
  failed: number;
  usable: number;
}

export function falseAlarmCost(
  scenarios: readonly RubricScenario[],
  { reference }: Calibration,
  grade: Grader,
): FalseAlarmCost {
  const rows = scenarios.flatMap((worth): Row[] => {
    const cell = reference.cells.find(({ scenario }) => scenario === worth.scenario);
    const usable = cell === undefined ? 0 : cell.passed + cell.failed;
    return cell === undefined || usable === 0 ? [] : [{ worth, failed: cell.failed, usable }];
  });
  const lost = (rateOf: (row: Row) => number) =>
    rows.reduce(
      (sum, row) => sum + row.worth.points * (1 - grade(row.worth.policy, rateOf(row)).meanShare),
      0,
    );
  const runs = rows.reduce((sum, { usable }) => sum + usable, 0);
  const falseAlarms = rows.reduce((sum, { failed }) => sum + failed, 0);
  // With different rates in the scenarios, the interval for their mean covers at least as often (Hoeffding, 1956).
  const rate = clopperPearson(falseAlarms, runs).high;
  const ownRate = ({ failed, usable }: Row) => clopperPearson(failed, usable).high;
  const calibrated = new Set(rows.map(({ worth }) => worth.scenario));
  return {
    runs,
    falseAlarms,
    measured: lost(({ failed, usable }) => failed / usable),
    rate,
    atRate: lost(() => rate),
    highestRate: Math.max(0, ...rows.map(ownRate)),
    atOwnRates: lost(ownRate),
    uncalibrated: scenarios.map(({ scenario }) => scenario).filter((id) => !calibrated.has(id)),
  };
}
