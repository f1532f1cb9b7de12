/** From what a command was given (names, globs, numbers) to a plan and the submissions it names. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  findScenario,
  missingOperations,
  UsageError,
  type ResolvedSubmission,
} from '../harness/index.js';
import { chooseScenarios } from './choice.js';
import {
  CONTROL_NAME,
  countPlannedRuns,
  createPlan,
  type CalibrationPlan,
  type ControlPlan,
  type Plan,
  type PlannedSubmission,
} from './plan.js';
import type { Stopping } from './rubric/rubric.js';
import { describeFound, resolveAloud } from './resolve-aloud.js';

/** What the control arm is: a correct implementation. */
const CONTROL_SPEC = 'reference';

export interface PlanRequest {
  /** Directories, `reference`, or `mutant:NAME`. */
  specs: readonly string[];
  /** A manifest for those of the directories that have none of their own. */
  manifest?: string | undefined;
  /** Globs of scenario ids; all scenarios if empty. */
  scenarios: readonly string[];
  runsPerScenario: number;
  /** Drawn if absent. */
  seed?: string | undefined;
  /** If present, a scenario is run only until it is decided. */
  stopping?: Stopping | undefined;
  /** One run in so many is one of the reference, as a control arm; there is none if it is absent or 0. */
  controlOneIn?: number | undefined;
  /** How often the example of each scenario's leading failure is run again. */
  replays?: number | undefined;
  /** For a calibration. */
  calibration?: CalibrationPlan;
}

export interface Preparation {
  plan: Plan;
  /** By the names of the plan. */
  submissions: ReadonlyMap<string, ResolvedSubmission>;
}

/** Finds, reads and builds the submissions, chooses the scenarios, and makes the plan. */
export async function prepare(request: PlanRequest): Promise<Preparation> {
  const chosen = chooseScenarios(request.scenarios);
  const resolved = await resolveAll(request);
  const scenarios = keepRunnable(chosen, resolved);
  const { runsPerScenario, seed, calibration, stopping, replays = 0 } = request;
  const parts = {
    kit: kitVersion(),
    createdAt: new Date().toISOString(),
    seed: seed ?? randomBytes(6).toString('hex'),
    runsPerScenario,
    submissions: resolved.map((one) => ({ ...planned(one), ...leaveOut(scenarios, one) })),
    scenarios: scenarios.map((id) => ({ id })),
    ...(calibration === undefined ? {} : { calibration }),
    ...(stopping === undefined ? {} : { stopping }),
    ...(replays === 0 ? {} : { replays }),
  };
  const { controlOneIn: oneIn = 0 } = request;
  const control = await controlFor(countPlannedRuns(parts), oneIn);
  const plan = createPlan(
    control === undefined ? parts : { ...parts, control: controlPlan(control, oneIn) },
  );
  const submissions = byPlannedName(plan.submissions, resolved);
  if (control !== undefined) submissions.set(CONTROL_NAME, control);
  return { plan, submissions };
}

/** The reference as control arm; fewer runs than belong to one of the reference have none. */
async function controlFor(runs: number, oneIn: number): Promise<ResolvedSubmission | undefined> {
  return oneIn === 0 || runs < oneIn ? undefined : resolveAloud(CONTROL_SPEC);
}

function controlPlan(control: ResolvedSubmission, oneIn: number): ControlPlan {
  return { submission: { ...planned(control), name: CONTROL_NAME }, oneIn };
}

function planned(resolved: ResolvedSubmission): PlannedSubmission {
  const { name, spec, digest } = submissionOf(resolved);
  return { name, spec, digest };
}

/** What cannot be graded is told of all at once, since whoever grades a class has to mend each of them. */
async function resolveAll({ specs, manifest }: PlanRequest): Promise<ResolvedSubmission[]> {
  const resolved: ResolvedSubmission[] = [];
  const complaints: UsageError[] = [];
  for (const spec of specs) {
    try {
      const one = await resolveAloud(spec, manifest);
      describeFound(one);
      resolved.push(one);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      complaints.push(error);
    }
  }
  const [complaint, ...others] = complaints;
  if (complaint === undefined) return resolved;
  if (others.length === 0) throw complaint;
  const messages = new Set(complaints.map(({ message }) => message));
  throw new UsageError([...messages].join('\n'), { cause: new AggregateError(complaints) });
}

/** The submissions of a plan made earlier; each must still be what it was then. */
export async function prepareAgain(plan: Plan): Promise<Preparation['submissions']> {
  const resolved: ResolvedSubmission[] = [];
  for (const submission of plan.submissions) resolved.push(await resolveSame(submission));
  const found = byPlannedName(plan.submissions, resolved);
  const { control } = plan;
  if (control !== undefined)
    found.set(control.submission.name, await resolveSame(control.submission));
  return found;
}

async function resolveSame({ spec, digest }: PlannedSubmission): Promise<ResolvedSubmission> {
  const resolved = await resolveAloud(spec);
  const found = submissionOf(resolved).digest;
  if (found === digest) return resolved;
  throw new UsageError(`${spec}, or what it is built with, has changed since this grading began`, {
    got: `digest ${found}`,
    expected: digest,
    hint: 'put back the submission, its manifest and its Go, or grade it anew into another directory',
  });
}

/** Those of the scenarios for which any of the submissions offers the operations. */
export function keepRunnable(
  ids: readonly string[],
  resolved: readonly ResolvedSubmission[],
): string[] {
  const kept = ids.filter((id) => resolved.some((one) => missingFor(id, one).length === 0));
  if (kept.length === 0) {
    const offered = new Set(resolved.flatMap(operationsOf));
    throw new UsageError('no scenario is left that any of the submissions can run', {
      got: `submissions that offer ${[...offered].join(', ')}`,
      expected: `what ${ids.join(', ')} require`,
      hint: 'see "operations" in the manifests, or for Go the methods of the clerk',
    });
  }
  return kept;
}

/**
 * The scenarios that a submission does not run, with a note of them: failing them would charge it for
 * what it never claimed to do.
 */
function leaveOut(
  ids: readonly string[],
  one: ResolvedSubmission,
): Pick<PlannedSubmission, 'leftOut'> {
  const leftOut = ids.filter((id) => missingFor(id, one).length > 0);
  if (leftOut.length === 0) return {};
  const { name } = submissionOf(one);
  const some = `${leftOut.length} scenarios of operations that it does not offer`;
  process.stderr.write(`${name}: left out, ${some}: ${leftOut.join(', ')}\n`);
  return { leftOut };
}

/** Operations that a scenario requires and a submission does not offer. */
function missingFor(id: string, resolved: ResolvedSubmission): string[] {
  if (resolved.kind === 'build-failed') return [];
  const scenario = findScenario(id);
  return scenario ? missingOperations(scenario, operationsOf(resolved)) : [];
}

function operationsOf(resolved: ResolvedSubmission) {
  return resolved.kind === 'ready' ? resolved.submission.manifest.operations : [];
}

/** Version of this kit, from its package.json. */
function kitVersion(): string {
  const file = join(import.meta.dirname, '../../package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

function submissionOf(resolved: ResolvedSubmission) {
  return resolved.kind === 'ready' ? resolved.submission : resolved.failure;
}

function byPlannedName(
  submissions: readonly PlannedSubmission[],
  resolved: readonly ResolvedSubmission[],
): Map<string, ResolvedSubmission> {
  const pairs = submissions.flatMap(({ name }, index) => {
    const one = resolved[index];
    return one === undefined ? [] : [[name, one] as const];
  });
  return new Map(pairs);
}
