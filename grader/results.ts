/**
 * The one model behind every report, and the content of `results.json`: a pure function of the plan
 * and the records, so that all outputs agree and an old grading can be rendered again.
 */

import type { RunRecord } from '../harness/index.js';
import { controlArmOf, type ControlArm } from './control-arm.js';
import type { FailureGroup } from './groups/group.js';
import type { Machine } from './machine.js';
import { plannedRuns } from './plan.js';
import type { Plan } from './plan.js';
import type { Provenance } from './provenance.js';
import type { Student } from './roster.js';
import type { SubmissionGrade } from './rubric/grade.js';
import type { Rubric } from './rubric/rubric.js';
import { tally } from './tally.js';
import type { ScenarioTally, Tally } from './tally.js';

export const RESULTS_FORMAT = 'pblab/results/1';
export const RESULTS_FILE = 'results.json';

export interface SubmissionResults {
  name: string;
  /** What the caller gave: a directory, `reference`, or `mutant:NAME`. */
  spec: string;
  digest: string;
  /** Who handed it in, where a roster says so. */
  student?: Student;
  /** Why nothing of it could be run, as one sentence; then it has no tallies. */
  ungradable?: string;
  /** Ids of scenarios of the plan that it does not run, because it does not offer their operations. */
  leftOut?: string[];
  /** One for each scenario of the plan that it runs, in its order. */
  tallies: ScenarioTally[];
  /** Where there is a rubric. */
  grade?: SubmissionGrade;
  /** Like failures of different scenarios; the most frequent first. */
  groups?: FailureGroup[];
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
}

/** What neither the plan nor the records tell. */
export interface ResultsContext {
  createdAt: string;
  machine: Machine;
}

/** The results of a grading so far; runs without a record show as planned and not done. */
export function buildResults(
  plan: Plan,
  records: readonly RunRecord[],
  { createdAt, machine }: ResultsContext,
): Results {
  const { kit, seed, runsPerScenario, stopping, replays } = plan;
  const tallies = tally(records, { planned: plannedRuns(plan), stopping, replays });
  const control = controlArmOf(plan, records);
  return {
    format: RESULTS_FORMAT,
    kit,
    createdAt,
    seed,
    runsPerScenario,
    machine,
    submissions: plan.submissions.map(({ name, spec, digest, leftOut }) => ({
      name,
      spec,
      digest,
      ...(leftOut === undefined ? {} : { leftOut }),
      tallies: tallies.filter(({ submission }) => submission === name).map(withoutSubmission),
    })),
    ...(control === undefined ? {} : { control }),
  };
}

function withoutSubmission(one: Tally): ScenarioTally {
  const { submission: _submission, ...rest } = one;
  return rest;
}
