/** From what a command was given (names, globs, numbers) to a plan and the submissions it names. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  currentIsolation,
  directoryOf,
  findScenario,
  missingOperations,
  UsageError,
  type ResolvedSubmission,
  type World,
} from '../../harness/index.js';
import { chooseScenarios } from './choice.js';
import { findInWorld } from './find/find-in-world.js';
import type { Found } from './find/find-submissions.js';
import { keepStartable } from './find/lacking-programs.js';
import { folderOf } from './find/folder-of.js';
import { nameSubmissions } from './find/name-submissions.js';
import { thisMachine } from '../measured/grading-machine.js';
import {
  CONTROL_NAME,
  countPlannedRuns,
  createPlan,
  type CalibrationPlan,
  type ControlPlan,
  type Plan,
  type PlannedScenario,
  type PlannedSubmission,
} from './plan.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { resolveAloud } from './find/resolve-with-progress.js';
import { count } from '../text/count.js';
import { say } from '../text/message.js';

/** The submission of the control arm: a correct implementation. */
const CONTROL_SPEC = 'reference';

export interface PlanRequest {
  /** Directories, `reference`, or `mutant:NAME`. */
  specs: readonly string[];
  /** A manifest for those of the directories that have none of their own. */
  manifest?: string | undefined;
  /** Whether archives that were handed in are opened. */
  openArchives?: boolean | undefined;
  /** Globs of scenario ids; all scenarios if empty. */
  scenarios: readonly string[];
  /** Whether a single submission may leave out programs: scenarios that start them are not run then. */
  mayLackPrograms?: boolean;
  runsPerScenario: number;
  /** Names submissions by their folders, whatever their manifests say: in a class, no submission can take another's name. */
  namedByFolder?: boolean;
  /** Drawn if absent. */
  seed?: string | undefined;
  /** In which its runs are played, if all submissions can be; `processes` if absent. */
  world?: World | undefined;
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
  const { runsPerScenario, calibration, stopping, replays = 0, controlOneIn = 0 } = request;
  const { specs, manifest, openArchives, mayLackPrograms = false } = request;
  const mustPlay = mayLackPrograms ? [] : chosen;
  const asked = { manifest, openArchives, mustPlay, world: request.world };
  const { found, world } = await findInWorld(specs, asked);
  const resolved = found.flatMap(gradable);
  const startable = mayLackPrograms ? keepStartable(chosen, resolved) : chosen;
  const scenarios = keepRunnable(startable, resolved);
  const parts = {
    kit: kitVersion(),
    createdAt: new Date().toISOString(),
    seed: request.seed ?? randomBytes(6).toString('hex'),
    runsPerScenario,
    machine: thisMachine(),
    isolation: await currentIsolation(),
    submissions: found.map((one) => planSubmission(one, scenarios)),
    scenarios: scenarios.map((id) => planScenario(id, sharesRuns(request))),
    ...(calibration === undefined ? {} : { calibration }),
    ...(stopping === undefined ? {} : { stopping }),
    ...(replays === 0 ? {} : { replays }),
    ...(world === 'processes' ? {} : { world }),
  };
  const control = await controlFor(countPlannedRuns(parts), controlOneIn, world);
  const taken = control === undefined ? [] : [CONTROL_NAME];
  const plan = createPlan({
    ...parts,
    submissions: withNames(parts.submissions, { taken, byFolder: request.namedByFolder }),
    ...(control === undefined ? {} : { control: planControl(control, controlOneIn) }),
  });
  const submissions = byPlannedName(plan, found);
  if (control !== undefined) submissions.set(CONTROL_NAME, control);
  return { plan, submissions };
}

/** With the names that they have in a plan in which others are `taken` already. */
export function withNames(
  submissions: readonly PlannedSubmission[],
  { taken, byFolder = false }: { taken: readonly string[]; byFolder?: boolean | undefined },
): PlannedSubmission[] {
  const nameless = submissions.map(({ name, spec }) => ({
    wanted: byFolder ? folderOf(spec) : name,
    spec,
  }));
  const names = nameSubmissions(nameless, taken);
  return submissions.map((one, at) => ({ ...one, name: names[at] ?? one.name }));
}

/**
 * The reference as control arm; fewer runs than belong to one of the reference have none. It shows trouble with the machine and
 * with the kit, so its programs are processes in every world, as those of students are.
 */
async function controlFor(
  runs: number,
  oneIn: number,
  world: World,
): Promise<ResolvedSubmission | undefined> {
  if (oneIn === 0 || runs < oneIn) return undefined;
  return asProcesses(await resolveAloud(CONTROL_SPEC, world));
}

function asProcesses(control: ResolvedSubmission): ResolvedSubmission {
  if (control.kind !== 'ready') return control;
  const submission = { ...control.submission };
  delete submission.isOfKit;
  return { ...control, submission };
}

function planControl(control: ResolvedSubmission, oneIn: number): ControlPlan {
  const { spec, digest } = submissionOf(control);
  return { submission: { name: CONTROL_NAME, spec, digest }, oneIn };
}

/** A submission as in a plan, without its name there. */
export function planSubmission(found: Found, scenarios: readonly string[]): PlannedSubmission {
  if (found.kind === 'ungradable') {
    const { name, spec, reason } = found;
    return { name, spec, digest: '', ungradable: reason };
  }
  const { name, spec, digest, note } = submissionOf(found.resolved);
  return {
    name,
    spec,
    digest,
    ...(note === undefined ? {} : { note }),
    ...leaveOut(scenarios, found.resolved),
  };
}

/** A scenario as in a plan, in the version of this kit. */
export function planScenario(id: string, isShared = false): PlannedScenario {
  const { version = 1, runShare } = findScenario(id) ?? {};
  return {
    id,
    version: String(version),
    ...(isShared && runShare !== undefined ? { runShare } : {}),
  };
}

/** Named scenarios, calibrations and sequential gradings have equally many runs of each scenario. */
function sharesRuns({ scenarios, calibration, stopping }: PlanRequest): boolean {
  return scenarios.length === 0 && calibration === undefined && stopping === undefined;
}

function gradable(found: Found): ResolvedSubmission[] {
  return found.kind === 'gradable' ? [found.resolved] : [];
}

/** The submissions of a plan made earlier; each must still be what it was then, and so must the scenarios. */
export async function prepareAgain(plan: Plan): Promise<Preparation['submissions']> {
  assertSameScenarios(plan);
  const found = new Map<string, ResolvedSubmission>();
  const control = plan.control === undefined ? [] : [plan.control.submission];
  for (const { name, spec, digest, ungradable } of [...plan.submissions, ...control]) {
    if (ungradable !== undefined) continue;
    const one = await resolveAloud(spec, plan.world);
    if (submissionOf(one).digest !== digest) {
      throw new UsageError(
        `${spec}, or what it is built with, has changed since this grading began`,
        {
          got: `digest ${submissionOf(one).digest}`,
          expected: digest,
          hint:
            directoryOf(spec) === undefined
              ? 'it is part of pblab: go on with the version of pblab that began this grading, or begin a new one'
              : 'restore the submission, its manifest and its Go version, or grade the changes with `pblab regrade`',
        },
      );
    }
    found.set(name, name === plan.control?.submission.name ? asProcesses(one) : one);
  }
  return found;
}

/** Runs of two versions of a scenario must not be counted together. */
export function assertSameScenarios({ scenarios }: Plan): void {
  for (const { id, version } of scenarios) {
    const { version: ours } = planScenario(id);
    if (version === undefined || version === ours) continue;
    throw new UsageError(`the scenario ${id} has changed since this grading began`, {
      got: `version ${ours}`,
      expected: `version ${version}`,
      hint: '`pblab regrade` runs it again for all submissions',
    });
  }
}

/** Those of the scenarios for which any of the submissions offers the operations. */
export function keepRunnable(
  ids: readonly string[],
  resolved: readonly ResolvedSubmission[],
): string[] {
  const kept = ids.filter((id) => resolved.some((one) => missingFor(id, one).length === 0));
  if (kept.length === 0) {
    const offered = new Set(resolved.flatMap(operationsOf));
    throw new UsageError('no submission offers the operations that these scenarios need', {
      got: `submissions that offer ${[...offered].join(', ')}`,
      expected: `what ${ids.join(', ')} need`,
      hint: 'check "operations" in the manifests, or for Go the methods of the clerk',
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
  const some = `${count(leftOut.length, 'scenario')} with operations that it does not offer`;
  say(`${name}: skipping ${some}: ${leftOut.join(', ')}`);
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
export function kitVersion(): string {
  const file = join(import.meta.dirname, '../../../package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** The common part of both kinds of resolved submissions. */
export function submissionOf(resolved: ResolvedSubmission) {
  return resolved.kind === 'ready' ? resolved.submission : resolved.failure;
}

/** Without those that cannot be graded. */
function byPlannedName(plan: Plan, found: readonly Found[]): Map<string, ResolvedSubmission> {
  const pairs = plan.submissions.flatMap(({ name }, index) => {
    const one = found[index];
    return one?.kind === 'gradable' ? [[name, one.resolved] as const] : [];
  });
  return new Map(pairs);
}
