/**
 * The content of `results.json`: the one model behind every report, page and course file. Fields of other kits are kept
 * where it is read.
 */

import { z } from 'zod';
import { ISOLATION, WORLDS } from '../../harness/index.js';
import { JOURNAL_DAMAGE } from '../campaign/journal/damage.js';
import { openObject, TEXT } from '../ground/schemas.js';
import { MACHINE } from '../measured/grading-machine.js';
import { STUDENT } from '../plan/roster/roster.js';
import { OUT_OF_TIME } from '../plan/time-budget.js';
import { SUBMISSION_GRADE } from '../rubric/grade.js';
import { RUBRIC } from '../rubric/rubric.js';
import { CONTROL_ARM } from '../tally/control-arm.js';
import { HOST_TALLY } from '../tally/host-tally.js';
import { INCIDENT_TALLY } from '../tally/incident-tally.js';
import { PROVENANCE } from '../tally/provenance.js';
import { SCENARIO_TALLY } from '../tally/scenario-tally.js';
import { COVERAGE } from '../tally/situations-met.js';
import { STATUS } from '../tally/ungradable.js';
import { FAILURE_GROUP } from './failure-groups/group.js';

export const RESULTS_FORMAT = 'pblab/results/1';
export const RESULTS_FILE = 'results.json';

const SUBMISSION = openObject({
  name: TEXT.regex(/^[^/.][^/]*$/, 'a name without a slash or a leading dot'),
  /** The caller's words: a directory, `reference`, or `mutant:NAME`. */
  spec: TEXT,
  digest: z.string(),
  /** Where in what was handed in it is, as a clause; absent where it is all of that. */
  note: TEXT.exactOptional(),
  /** Who handed it in, where a roster says so. Several have handed in together. */
  students: z.array(STUDENT).min(1).readonly().exactOptional(),
  /** Why nothing of it can be graded, as one sentence; then it has no tallies. */
  ungradable: TEXT.exactOptional(),
  /** The kind of that reason and its source; only with `ungradable`. */
  status: STATUS.exactOptional(),
  /** Ids of scenarios of the plan that it does not run, because it does not offer their operations. */
  leftOut: z.array(TEXT).exactOptional(),
  /** One for each scenario of the plan that it runs, in its order. */
  tallies: z.array(SCENARIO_TALLY),
  /** Where there is a rubric. */
  grade: SUBMISSION_GRADE.exactOptional(),
  /** Like failures of different scenarios: mistakes that hid what scenarios test, then the most frequent. */
  groups: z.array(FAILURE_GROUP).exactOptional(),
  /** Names of others with the very same content; absent if there are none. */
  identicalTo: z.array(TEXT).exactOptional(),
  /** Where its time was used up before all of its runs were done; for staff alone. */
  outOfTime: OUT_OF_TIME.exactOptional(),
  /** Points for staff to look at, each as one sentence: it seems to avoid faults, or to reach around its relays. */
  suspicions: z.array(z.string()).exactOptional(),
  /** What its programs did beside answering calls, by kind; absent without any. For staff alone. */
  incidents: z.array(INCIDENT_TALLY).exactOptional(),
});

/** A submission of a kit that knew one student for each has a `student`. */
const READ_SUBMISSION = SUBMISSION.extend({ student: STUDENT.exactOptional() }).transform(
  ({ student, ...rest }): SubmissionResults => ({
    ...(student === undefined ? {} : { students: [student] }),
    ...rest,
  }),
);

export const RESULTS = openObject({
  format: z.literal(RESULTS_FORMAT),
  /** The version of the kit that made the plan. */
  kit: TEXT,
  /** When these results were generated; ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  seed: TEXT,
  runsPerScenario: z.int().min(1),
  /** If this is only a part of a grading: which one. Its results have no points. */
  shard: openObject({ index: z.int().min(1), of: z.int().min(1) }).exactOptional(),
  machine: MACHINE,
  /** How submissions were kept apart from that machine; absent in results of a kit that had no isolation. */
  isolation: openObject(ISOLATION.shape).exactOptional(),
  /** In which its runs were played; absent for `processes`. Rates of different worlds must not be compared. */
  world: z.enum(WORLDS).exactOptional(),
  submissions: z
    .array(READ_SUBMISSION)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'distinct names'),
  /** Where the plan has one. */
  control: CONTROL_ARM.exactOptional(),
  /** The machines on which agents of a queue performed runs; absent without a queue. For staff alone. */
  hosts: z.array(HOST_TALLY).min(1).exactOptional(),
  rubric: RUBRIC.exactOptional(),
  /** Like failures across all submissions: mistakes that hid what scenarios test, then those that most have. */
  groups: z.array(FAILURE_GROUP).exactOptional(),
  provenance: PROVENANCE.exactOptional(),
  /** Situations that the generated runs of all submissions have met; absent without any. For staff alone. */
  coverage: COVERAGE.exactOptional(),
  /** Students of the roster without a submission; absent without a roster. */
  missing: z.array(STUDENT).exactOptional(),
  /** Lines of the journal that cannot be read; absent where all could. */
  journalDamage: JOURNAL_DAMAGE.exactOptional(),
});

export type SubmissionResults = z.infer<typeof SUBMISSION>;
export type Results = z.infer<typeof RESULTS>;
