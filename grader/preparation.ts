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
import { createPlan, type CalibrationPlan, type Plan, type PlannedSubmission } from './plan.js';
import { describeFound, resolveAloud } from './resolve-aloud.js';

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
  const plan = createPlan({
    kit: kitVersion(),
    createdAt: new Date().toISOString(),
    seed: request.seed ?? randomBytes(6).toString('hex'),
    runsPerScenario: request.runsPerScenario,
    submissions: resolved.map((one) => {
      const { name, spec, digest } = submissionOf(one);
      return { name, spec, digest, ...leaveOut(scenarios, one) };
    }),
    scenarios: scenarios.map((id) => ({ id })),
    ...(request.calibration === undefined ? {} : { calibration: request.calibration }),
  });
  return { plan, submissions: byPlannedName(plan, resolved) };
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
  for (const { spec, digest } of plan.submissions) {
    const one = await resolveAloud(spec);
    if (submissionOf(one).digest !== digest) {
      throw new UsageError(
        `${spec}, or what it is built with, has changed since this grading began`,
        {
          got: `digest ${submissionOf(one).digest}`,
          expected: digest,
          hint: 'put back the submission, its manifest and its Go, or grade it anew into another directory',
        },
      );
    }
    resolved.push(one);
  }
  return byPlannedName(plan, resolved);
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

function byPlannedName(plan: Plan, resolved: readonly ResolvedSubmission[]) {
  const pairs = plan.submissions.flatMap(({ name }, index) => {
    const one = resolved[index];
    return one === undefined ? [] : [[name, one] as const];
  });
  return new Map(pairs);
}
