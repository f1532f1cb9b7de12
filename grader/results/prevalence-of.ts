/** Makes the table of how many submissions fail each scenario from the results of a grading: counts, and no names. */

import { SCENARIOS } from '../../harness/index.js';
import { PREVALENCE_FORMAT, type Prevalence } from '../measured/prevalence.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';
import type { Results } from './results.js';

/**
 * Scenarios that were run with no submission are left out. Submissions that cannot be graded count nowhere, and failures
 * by a mistake that is not about the scenario count as its result without that mistake.
 */
export function prevalenceIn({
  kit,
  createdAt,
  runsPerScenario,
  submissions,
}: Results): Prevalence {
  const graded = submissions.filter(({ ungradable }) => ungradable === undefined);
  const tallies = graded.flatMap((one) => one.tallies);
  return {
    format: PREVALENCE_FORMAT,
    kit,
    measuredAt: createdAt.slice(0, 10),
    submissions: graded.length,
    runs: runsPerScenario,
    scenarios: SCENARIOS.flatMap(({ id }) => {
      const own = tallies.filter((one) => one.scenario === id);
      const failed = own.filter(failsItself);
      const tried = own.filter((one) => failsItself(one) || passesItself(one));
      return tried.length === 0
        ? []
        : [{ scenario: id, tried: tried.length, failed: failed.length }];
    }),
  };
}

type Judged = Pick<ScenarioTally, 'passed' | 'signatures'>;

/** Whether a run failed by what the scenario tests: a mistake about something else would count in dozens of scenarios. */
function failsItself({ signatures }: Judged): boolean {
  return signatures.some(({ besides }) => besides === undefined || besides.failures.length > 0);
}

function passesItself({ passed, signatures }: Judged): boolean {
  return (
    passed > 0 || signatures.some(({ besides }) => besides !== undefined && besides.passed > 0)
  );
}
