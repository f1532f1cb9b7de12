/** How many runs at home show a failure, so that students do not take three passing runs for a fix. */

import { gradeAtHome } from '../../../text/student-commands.js';
import { count, percent } from '../../../text/count.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { runsNeeded } from '../../../statistics/binomial.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';

const CERTAINTY = 0.95;

/** Nobody waits for more runs than so many. */
const MOST_RUNS = 2000;

const COMMAND_LENGTH = 300;

export interface Home {
  says: string;
  command: string;
}

export function describeHome({ scenario, failureRate, signatures }: ScenarioTally): Home {
  const { estimate, low } = failureRate;
  const likely = runsNeeded(estimate ?? 0, CERTAINTY);
  const careful = runsNeeded(low, CERTAINTY);
  const runs = Math.min(careful, MOST_RUNS);
  const command = sanitizeLine(gradeAtHome(scenario, runs, signatures[0]?.world), COMMAND_LENGTH);
  return { says: sayHowMany(likely, careful, low), command };
}

function sayHowMany(likely: number, careful: number, low: number): string {
  const first = `If the failure rate is as measured, ${count(likely, 'run')} ${likely === 1 ? 'shows' : 'show'} the failure with 95 % certainty`;
  const second =
    careful === likely
      ? ''
      : `; if the rate is at the low end of its interval (${percent(low)} %), it takes ${count(careful, 'run')}`;
  return `${first}${second}. Fewer passing runs do not show that it is fixed.`;
}
