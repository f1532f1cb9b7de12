/** How many runs at home show a failure, so that nobody takes three green ones for a repair. */

import { gradeAtHome } from '../../../text/student-commands.js';
import { count, percent } from '../../../text/count.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { runsNeeded } from '../../../statistics/binomial.js';
import type { ScenarioTally } from '../../../tally/tally.js';

const CERTAINTY = 0.95;

/** Nobody waits for more runs than so many. */
const MOST_RUNS = 2000;

const COMMAND_LENGTH = 300;

export interface Home {
  says: string;
  command: string;
}

export function describeHome({ scenario, failureRate }: ScenarioTally): Home {
  const { estimate, low } = failureRate;
  const likely = runsNeeded(estimate ?? 0, CERTAINTY);
  const careful = runsNeeded(low, CERTAINTY);
  const runs = Math.min(careful, MOST_RUNS);
  const command = sanitizeLine(gradeAtHome(scenario, runs), COMMAND_LENGTH);
  return { says: sayHowMany(likely, careful, low), command };
}

function sayHowMany(likely: number, careful: number, low: number): string {
  const first = `On a machine like ours, ${count(likely, 'run')} ${likely === 1 ? 'shows' : 'show'} the failure with 95 % certainty, if the rate is as measured`;
  const second =
    careful === likely
      ? ''
      : `; if it is as low as the interval allows (${percent(low)} %), it takes ${careful}`;
  return `${first}${second}. Fewer green runs than that say nothing about a repair.`;
}
