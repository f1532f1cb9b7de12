/** The content of `results.json`: the one model behind every report, page and course file. */

import type { ControlArm } from '../tally/control-arm.js';
import type { Coverage } from '../tally/situations-met.js';
import type { FailureGroup } from './failure-groups/group.js';
import type { JournalDamage } from '../campaign/journal/damage.js';
import type { Machine } from '../measured/grading-machine.js';
import type { Provenance } from '../tally/provenance.js';
import type { Student } from '../plan/roster/roster.js';
import type { SubmissionGrade } from '../rubric/grade.js';
import type { Rubric } from '../rubric/rubric.js';
import type { OutOfTime } from '../plan/time-budget.js';
import type { ScenarioTally } from '../tally/tally.js';
import type { Status } from '../tally/ungradable.js';

export const RESULTS_FORMAT = 'pblab/results/1';
export const RESULTS_FILE = 'results.json';

export interface SubmissionResults {
  name: string;
  /** What the caller gave: a directory, `reference`, or `mutant:NAME`. */
  spec: string;
  digest: string;
  /** Where in what was handed in it is, as a clause; absent where it is all of that. */
  note?: string;
  /** Who handed it in, where a roster says so; at least one. Several have handed in together. */
  students?: readonly Student[];
  /** Why nothing of it can be graded, as one sentence; then it has no tallies. */
  ungradable?: string;
  /** What kind of a reason that is, and what it is known from; only with `ungradable`. */
  status?: Status;
  /** Ids of scenarios of the plan that it does not run, because it does not offer their operations. */
  leftOut?: string[];
  /** One for each scenario of the plan that it runs, in its order. */
  tallies: ScenarioTally[];
  /** Where there is a rubric. */
  grade?: SubmissionGrade;
  /** Like failures of different scenarios; the most frequent first. */
  groups?: FailureGroup[];
  /** Names of others with the very same content; absent if there are none. */
  identicalTo?: string[];
  /** Where its time was used up before all of its runs were done; for staff alone. */
  outOfTime?: OutOfTime;
  /** What staff should look at, each as one sentence: it seems to avoid faults, or to reach around its relays. */
  suspicions?: string[];
}

export interface Results {
  format: typeof RESULTS_FORMAT;
  /** The version of the kit that made the plan. */
  kit: string;
  /** When these results were put together; ISO 8601, UTC. */
  createdAt: string;
  seed: string;
  runsPerScenario: number;
  machine: Machine;
  submissions: SubmissionResults[];
  /** Where the plan has one. */
  control?: ControlArm;
  rubric?: Rubric;
  /** Like failures across all submissions; those that most submissions have first. */
  groups?: FailureGroup[];
  provenance?: Provenance;
  /** What the generated runs of all submissions have met; absent without a generated run. For staff alone. */
  coverage?: Coverage;
  /** Students of the roster of whom nothing is graded; absent without a roster. */
  missing?: Student[];
  /** Lines of the journal that cannot be read; absent where all could. */
  journalDamage?: JournalDamage;
}
