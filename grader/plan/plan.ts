/**
 * The plan of a grading: which submissions run which scenarios how often, from which seed. It is pure
 * data, and the list of its runs follows from it, so that a grading can be taken up again from the
 * plan and the journal alone. Reading and writing it is plan-file.ts.
 */

import { runSeed, type HeldPart, type PlanData, type StandingDelay } from '../../harness/index.js';
import type { Machine } from '../measured/grading-machine.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { writeRunKey } from './run-key.js';

export const PLAN_FORMAT = 'pblab/plan/1';

/** The name of the control arm's submission; in a plan with a control arm no other has it. */
export const CONTROL_NAME = 'control';

const NAME_LENGTH = 64;

export interface PlannedSubmission {
  /** Unique in the plan, and safe as the name of a folder. */
  name: string;
  /** What the caller gave: a directory, `reference`, or `mutant:NAME`. */
  spec: string;
  /** Digest of what is graded, so that a resumed grading notices another content. */
  digest: string;
  /** Where in what was handed in it is, as a clause; absent where it is all of that. */
  note?: string;
  /** Ids of scenarios that it does not run, because it does not offer their operations. */
  leftOut?: string[];
  /** Why nothing of it can be run, as one sentence: it has no runs then, and its digest is empty. */
  ungradable?: string;
  /** How often the runs of a scenario were begun anew, by its id; absent for those that never were. */
  revisions?: Record<string, number>;
}

export interface PlannedScenario {
  /** The scenario's permanent id, unique in the plan. */
  id: string;
  /** Its version, for scenarios that have one. */
  version?: string;
  /** The share of `runsPerScenario` that it makes; all of them if absent. */
  runShare?: number;
}

/** What a calibration has besides: `runsPerScenario` is then the runs of every cell in its screen. */
export interface CalibrationPlan {
  /** What is calibrated with, if it is not the mutants. The correct submission comes first in any plan. */
  set?: 'independent';
  /** Runs of a cell that is looked at closely, those of the screen included. */
  closeRuns: number;
  /** Ids of the scenarios that should catch a mutant, by its `spec`. */
  expected: Record<string, string[]>;
  /** Ids of the scenarios that start nothing of what is wrong with a mutant, by its `spec`: not run. */
  idle?: Record<string, string[]>;
}

/** What a sweep has besides: `runsPerScenario` is then the runs of every position, and those of the baseline. */
export interface SweepPlan {
  /** By how much calls are delayed, in ms; ascending, each above 0. */
  delaysMs: number[];
  part: HeldPart;
  /** What a server asks of the view service is delayed by no more than this, in ms. */
  pingDelayAtMostMs: number;
}

/** What a grading may have besides: runs of the reference between those of the submissions. */
export interface ControlPlan {
  /** The reference, by the name that is reserved for it. */
  submission: PlannedSubmission;
  /** After so many runs of submissions, less one, there is one of the reference; at least 2. */
  oneIn: number;
}

/** What a regrade has changed, for the story of a grading: the plan itself says what holds now. */
export interface PlanRevision {
  /** ISO 8601, UTC. */
  at: string;
  /** The version of the kit that did it. */
  kit: string;
  /** For each submission that is concerned, in the order of the plan. */
  changes: PlanChange[];
}

export interface PlanChange {
  submission: string;
  /** A phrase such as `its content has changed`. */
  reason: string;
  /** Ids of the scenarios that are run anew or for the first time; none where only points may change. */
  scenarios: string[];
}

/** What a comparison has besides. With two submissions, the first is what the second is compared with. */
export interface ComparisonPlan {
  /** The earlier grading that holds the runs of the other side, where the plan has one submission only. */
  earlier?: { directory: string; submission: string };
}

/** How much time the runs of one submission may take together: in ms, or as so many times what the reference takes. */
export type TimeBudget = { ms: number } | { timesReference: number };

export interface Plan {
  format: typeof PLAN_FORMAT;
  /** The version of the kit that made it. */
  kit: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  seed: string;
  /** At least 1; with `stopping` the most. */
  runsPerScenario: number;
  /** Where its runs are done. */
  machine?: Machine;
  submissions: PlannedSubmission[];
  scenarios: PlannedScenario[];
  /** Present if a scenario is run only until enough is known. */
  stopping?: Stopping;
  /** How much time the runs of each submission may take; without a limit if absent. */
  budget?: TimeBudget;
  /** Present if there is a control arm. */
  control?: ControlPlan;
  /** How often the example of each scenario's leading failure is run again at the end; not at all if absent. */
  replays?: number;
  /** Present if this is the plan of a calibration. */
  calibration?: CalibrationPlan;
  /** Present if this is the plan of a sweep. */
  sweep?: SweepPlan;
  /** Present if this is the plan of a comparison. */
  comparison?: ComparisonPlan;
  /** The oldest first; absent before the first regrade. */
  revisions?: PlanRevision[];
}

/** One run to be done. */
export interface PlannedRun {
  /** Unique in the plan; what it is made of is run-key.ts. */
  key: string;
  submission: PlannedSubmission;
  scenario: string;
  /** Which repetition of the scenario, from 0. */
  index: number;
  seed: string;
  /** Calls that are held back throughout; if it is present, also an empty one, calls are counted. */
  standing?: readonly StandingDelay[];
  /** The plan that a generated scenario plays instead of the one that it draws from the seed. */
  plan?: PlanData;
  /** Key of the failing run that it repeats; it is in no rate. */
  again?: string;
}

/** A plan from its parts; the names of its submissions are distinct already. */
export function createPlan(parts: Omit<Plan, 'format'>): Plan {
  return { format: PLAN_FORMAT, ...parts };
}

/**
 * Every run of the plan, in the order of doing. Repetitions are outermost, so whenever a grading is
 * broken off every scenario and submission has had about as many runs. The same repetition of a
 * scenario has the same seed for every submission, so that submissions meet the same faults.
 */
export function plannedRuns(plan: Plan): PlannedRun[] {
  const { seed, runsPerScenario, scenarios, submissions } = plan;
  const rows = scenarios.map((scenario) => ({
    id: scenario.id,
    runs: runsOf(scenario, runsPerScenario),
    running: submissions.filter((submission) => runsScenario(submission, scenario.id)),
  }));
  return Array.from({ length: runsPerScenario }, (_, index) => index).flatMap((index) =>
    rows.flatMap(({ id, runs, running }) => {
      if (index >= runs) return [];
      // Once for a whole class: a seed takes longer than all the rest.
      const shared = runSeed(seed, id, index);
      return running.map((submission) => runOf(submission, id, index, shared));
    }),
  );
}

/** The number of runs of submissions in the plan. */
export function countPlannedRuns({
  runsPerScenario,
  submissions,
  scenarios,
}: Pick<Plan, 'runsPerScenario' | 'submissions' | 'scenarios'>): number {
  return submissions
    .flatMap((one) => scenarios.filter(({ id }) => runsScenario(one, id)))
    .reduce((sum, scenario) => sum + runsOf(scenario, runsPerScenario), 0);
}

/** How many runs a scenario makes where so many are asked for of each; at least one. */
function runsOf({ runShare = 1 }: PlannedScenario, runsPerScenario: number): number {
  return Math.max(1, Math.ceil(runShare * runsPerScenario));
}

/** Whether the plan has runs of this scenario for this submission. */
export function runsScenario(
  { leftOut = [], ungradable }: PlannedSubmission,
  scenario: string,
): boolean {
  return ungradable === undefined && !leftOut.includes(scenario);
}

/** One run of a plan, or one that continues it: with an index from `runsPerScenario` on. */
export function plannedRun(
  { seed }: Pick<Plan, 'seed'>,
  submission: PlannedSubmission,
  scenario: string,
  index: number,
): PlannedRun {
  return runOf(submission, scenario, index, runSeed(seed, scenario, index));
}

function runOf(
  submission: PlannedSubmission,
  scenario: string,
  index: number,
  seed: string,
): PlannedRun {
  return { key: keyOf(submission, scenario, index), submission, scenario, index, seed };
}

/**
 * The key of a run. Runs that are begun anew have other keys than those that they replace, so that no record of
 * these can count for them.
 */
export function keyOf(
  { name, revisions = {} }: PlannedSubmission,
  scenario: string,
  index: number,
): string {
  return writeRunKey({ submission: name, scenario, revision: revisions[scenario] ?? 0, index });
}

/**
 * Names that are all different, even where upper and lower case are one, and safe as folder names:
 * the second `ping` becomes `ping-2`. The same list always gives the same names.
 */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = folderName(name);
    let candidate = safe;
    for (let n = 2; taken.has(candidate.toLowerCase()); n += 1) candidate = `${safe}-${n}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

/**
 * A name that is safe as that of a folder: names come from manifests, so `../..` has to be expected. An `ending` of
 * safe characters is never cut off.
 */
export function folderName(name: string, ending = ''): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replaceAll(/-+_/g, '_')
    .replace(/^[.-]+/, '');
  const kept = Array.from(safe).slice(0, NAME_LENGTH - ending.length);
  return `${kept.join('') || 'submission'}${ending}`;
}
