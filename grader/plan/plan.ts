/**
 * The plan of a grading: which submissions run which scenarios how often, from which seed. It is pure
 * data, and the list of its runs follows from it, so that a grading can be taken up again from the
 * plan and the journal alone. Reading and writing it is plan-file.ts.
 */

import { z } from 'zod';
import {
  ISOLATION,
  runSeed,
  WORLDS,
  type PlanData,
  type StandingDelay,
} from '../../harness/index.js';
import { TEXT } from '../ground/schemas.js';
import { MACHINE } from '../measured/grading-machine.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { writeRunKey } from './run-key.js';

export const PLAN_FORMAT = 'pblab/plan/1';

/** The name of the control arm's submission; no other submission of such a plan has it. */
export const CONTROL_NAME = 'control';

const NAME_LENGTH = 64;

const probability = z.number().gt(0).lt(1);

const SUBMISSION = z.object({
  /** Unique in the plan, and safe as the name of a folder. */
  name: TEXT.regex(/^[^/.][^/]*$/, 'a name without a slash or a leading dot'),
  /** The caller's words: a directory, `reference`, or `mutant:NAME`. */
  spec: TEXT,
  /** Digest of what is graded, so that a resumed grading notices another content. */
  digest: z.string(),
  /** Where in what was handed in it is, as a clause; absent where it is all of that. */
  note: TEXT.exactOptional(),
  /** Ids of scenarios that it does not run, because it does not offer their operations. */
  leftOut: z.array(TEXT).exactOptional(),
  /** Why nothing of it can be run, as one sentence: it has no runs then, and its digest is empty. */
  ungradable: TEXT.exactOptional(),
  /** How often the runs of a scenario were started afresh, by its id; absent for those that never were. */
  revisions: z.record(z.string(), z.int().min(1)).exactOptional(),
});

const SCENARIO = z.object({
  /** The scenario's permanent id, unique in the plan. */
  id: TEXT,
  /** Its version, for scenarios that have one. */
  version: TEXT.exactOptional(),
  /** The share of `runsPerScenario` that it makes; all of them if absent. */
  runShare: z.number().positive().max(1).exactOptional(),
});

const STOPPING = z
  .object({
    acceptable: probability,
    unacceptable: probability,
    falseAlarm: probability,
    miss: probability,
  })
  .refine(
    (one) => one.acceptable < one.unacceptable,
    'an acceptable rate below the other one',
  ) satisfies z.ZodType<Stopping>;

const BUDGET = z.union([
  z.object({ ms: z.int().min(1) }),
  z.object({ timesReference: z.number().positive() }),
]);

const CONTROL = z.object({
  /** The reference, by the name that is reserved for it. */
  submission: SUBMISSION,
  /** After so many runs of submissions, less one, there is one of the reference; at least 2. */
  oneIn: z.int().min(2),
});

const CALIBRATION = z.object({
  /** The wrong implementations, if they are not the mutants. The correct submission comes first in any plan. */
  set: z.literal('independent').exactOptional(),
  /** Runs of a cell in the close look, those of the screen included. */
  closeRuns: z.int().min(1),
  /** Ids of the scenarios that should catch a mutant, by its `spec`. */
  expected: z.record(z.string(), z.array(TEXT)),
  /** Ids of the scenarios that start nothing of what is wrong with a mutant, by its `spec`: not run. */
  idle: z.record(z.string(), z.array(TEXT)).exactOptional(),
});

const SWEEP = z.object({
  /** By how much calls are delayed, in ms; ascending, each above 0. */
  delaysMs: z.array(z.int().min(1)).min(1),
  part: z.enum(['request', 'reply']),
  /** Longest delay of a server's calls to the view service, in ms. */
  pingDelayAtMostMs: z.number(),
});

const COMPARISON = z.object({
  /** The earlier grading that holds the runs of the other side, where the plan has one submission only. */
  earlier: z.object({ directory: TEXT, submission: TEXT }).exactOptional(),
});

const SHARD = z
  .object({
    /** From 1. */
    index: z.int().min(1),
    /** How many shards there are. */
    of: z.int().min(1),
    /** Expected durations of a run, in ms, by the ids of the scenarios: cells are dealt out by them. */
    runMs: z.record(z.string(), z.number().nonnegative()),
  })
  .refine(({ index, of }) => index <= of, 'an index up to the number of shards');

const CHANGE = z.object({
  submission: TEXT,
  /** A phrase such as `its content has changed`. */
  reason: TEXT,
  /** Ids of the scenarios that are run afresh or for the first time; none where only points may change. */
  scenarios: z.array(TEXT),
});

const REVISION = z.object({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** The version of the kit that did it. */
  kit: TEXT,
  /** For each submission that is concerned, in the order of the plan. */
  changes: z.array(CHANGE),
});

export const PLAN = z
  .object({
    format: z.literal(PLAN_FORMAT),
    /** The version of the kit that made it. */
    kit: TEXT,
    /** ISO 8601, UTC. */
    createdAt: z.iso.datetime(),
    seed: TEXT,
    /** At least 1; with `stopping` the most. */
    runsPerScenario: z.int().min(1),
    /** Where its runs are done. */
    machine: MACHINE.exactOptional(),
    /** How its submissions are kept apart from this machine; absent in plans of a kit that had no isolation. */
    isolation: ISOLATION.exactOptional(),
    /** In which its runs are played; `processes` if absent. */
    world: z.enum(WORLDS).exactOptional(),
    submissions: z
      .array(SUBMISSION)
      .min(1)
      .refine((list) => distinct(list.map(({ name }) => name)), 'distinct names'),
    scenarios: z
      .array(SCENARIO)
      .min(1)
      .refine((list) => distinct(list.map(({ id }) => id)), 'distinct ids'),
    /** Present if a scenario is run only until enough is known. */
    stopping: STOPPING.exactOptional(),
    /** How much time the runs of each submission may take; without a limit if absent. */
    budget: BUDGET.exactOptional(),
    /** Present if there is a control arm. */
    control: CONTROL.exactOptional(),
    /** How often the example of each scenario's leading failure is run again at the end; not at all if absent. */
    replays: z.int().min(1).exactOptional(),
    /** Present if this is the plan of a calibration. */
    calibration: CALIBRATION.exactOptional(),
    /** Present if this is the plan of a sweep. */
    sweep: SWEEP.exactOptional(),
    /** Present if this is the plan of a comparison. */
    comparison: COMPARISON.exactOptional(),
    /** Present if only some of its cells are run here, and the others elsewhere; all else is that of the whole. */
    shard: SHARD.exactOptional(),
    /** The oldest first; absent before the first regrade. */
    revisions: z.array(REVISION).exactOptional(),
  })
  .refine(
    ({ control, submissions }) =>
      submissions.every(({ name }) => name !== control?.submission.name),
    { path: ['control', 'submission', 'name'], message: 'a name that no submission has' },
  );

export type Plan = z.infer<typeof PLAN>;
export type PlannedSubmission = z.infer<typeof SUBMISSION>;
export type PlannedScenario = z.infer<typeof SCENARIO>;

/** The additions of a calibration: `runsPerScenario` is then the runs of every cell in its screen. */
export type CalibrationPlan = z.infer<typeof CALIBRATION>;

/** The additions of a sweep: `runsPerScenario` is then the runs of every position, and those of the baseline. */
export type SweepPlan = z.infer<typeof SWEEP>;

/** The control arm that a grading may have: runs of the reference between those of the submissions. */
export type ControlPlan = z.infer<typeof CONTROL>;

/** Which part of a plan is carried out in a directory; what belongs to it is shard.ts. */
export type Shard = z.infer<typeof SHARD>;

/** The changes of a regrade, for the history of a grading: the plan itself has the present state. */
export type PlanRevision = z.infer<typeof REVISION>;
export type PlanChange = z.infer<typeof CHANGE>;

/** The additions of a comparison. With two submissions, the second is compared with the first. */
export type ComparisonPlan = z.infer<typeof COMPARISON>;

/** How much time the runs of one submission may take together: in ms, or as so many times what the reference takes. */
export type TimeBudget = z.infer<typeof BUDGET>;

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
  /** Key of the failing run that it repeats; the repetition is not counted in any rate. */
  again?: string;
}

/** A plan from its parts; the names of its submissions are distinct already. */
export function createPlan(parts: Omit<Plan, 'format'>): Plan {
  return { format: PLAN_FORMAT, ...parts };
}

/** The number of runs of submissions in the plan, in all shards. */
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
export function runsOf({ runShare = 1 }: PlannedScenario, runsPerScenario: number): number {
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

export function runOf(
  submission: PlannedSubmission,
  scenario: string,
  index: number,
  seed: string,
): PlannedRun {
  return { key: keyOf(submission, scenario, index), submission, scenario, index, seed };
}

/**
 * The key of a run. A run that replaces another has another key, so that a record of the old run cannot count for
 * the new one.
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
 * A name that is safe for a folder: names come from manifests, so `../..` has to be expected. An `ending` of safe
 * characters is never cut off.
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

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
