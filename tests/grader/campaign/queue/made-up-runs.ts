/** Runs that are made up: how an attempt ends follows from its key, so a grading ends the same wherever they are done. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerOrder } from '../../../../grader/campaign/worker.js';
import { createPlan, type Plan } from '../../../../grader/plan/plan.js';
import { planScenario, submissionOf } from '../../../../grader/plan/preparation.js';
import {
  noIsolation,
  randomFrom,
  resolveSubmission,
  SCENARIOS,
  type ResolvedSubmission,
  type RunRecord,
} from '../../../../harness/index.js';

/** The size of a made-up plan. */
export interface Size {
  submissions: number;
  scenarios: number;
  runs: number;
  /** One run in so many is one of the reference; no control arm if absent. */
  controlOneIn?: number;
}

/** Only this part of an order decides how it ends. */
type Attempt = Pick<WorkerOrder, 'key' | 'attempt' | 'scenario' | 'index' | 'seed' | 'evidence'> & {
  submission: { name: string; digest: string };
};

/** How many attempts are disturbed. */
const DISTURBED = 0.05;

/** How many of the others fail, by the submission; none of the control arm. */
const FAILURE_RATES: Record<string, number> = { control: 0, 'student-0': 0, 'student-1': 0.9 };

/** For all submissions that are not named. */
const FAILURE_RATE = 0.2;

/** A plan in which the reference stands for all submissions. */
export async function madeUpPlan(size: Size): Promise<Plan> {
  const { digest } = submissionOf(await resolveSubmission('reference'));
  const reference = { spec: 'reference', digest };
  return createPlan({
    kit: '0.1.0',
    createdAt: new Date().toISOString(),
    seed: 'queue',
    runsPerScenario: size.runs,
    isolation: noIsolation(),
    submissions: Array.from({ length: size.submissions }, (_, at) => ({
      ...reference,
      name: `student-${at}`,
    })),
    scenarios: SCENARIOS.slice(0, size.scenarios).map(({ id }) => planScenario(id)),
    ...(size.controlOneIn === undefined
      ? {}
      : {
          control: { submission: { ...reference, name: 'control' }, oneIn: size.controlOneIn },
        }),
  });
}

export async function submissionsOf(plan: Plan): Promise<Map<string, ResolvedSubmission>> {
  const resolved = await resolveSubmission('reference');
  const names = [
    ...plan.submissions,
    ...(plan.control === undefined ? [] : [plan.control.submission]),
  ];
  return new Map(names.map(({ name }) => [name, resolved]));
}

/** The record of an attempt; runs of the control arm pass. */
export function madeUpRecord(attempt: Attempt): RunRecord {
  const { key, scenario, index, seed, submission } = attempt;
  const random = randomFrom(`${key}#${attempt.attempt}`);
  const isDisturbed = random.chance(DISTURBED);
  const fails = random.chance(FAILURE_RATES[submission.name] ?? FAILURE_RATE);
  const common = {
    key,
    attempt: attempt.attempt,
    submission: { name: submission.name, digest: submission.digest },
    scenario,
    index,
    seed,
    world: 'processes',
    durationMs: 200,
    cpuMs: 100,
    operations: { ok: 10, failed: 0, indefinite: 0 },
    faults: {},
    lagMs: 1,
  } as const;
  if (isDisturbed) {
    return { ...common, verdict: 'unknown', cause: 'disturbed', reason: 'The machine was busy.' };
  }
  if (!fails) return { ...common, verdict: 'pass', reason: 'Every checker passed.' };
  return { ...common, ...FAILURE, ...keepEvidence(attempt) };
}

const FAILURE = {
  verdict: 'fail',
  class: 'safety',
  signature: 'lost-write',
  reason: 'A write is gone.',
} as const;

/** What a failing run leaves below its evidence folder. */
export const EVIDENCE_FILE = 'story.txt';

function keepEvidence({ key, evidence }: Attempt): { artifacts?: string } {
  if (evidence === undefined) return {};
  const folder = join(evidence.root, evidence.path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, EVIDENCE_FILE), `the story of ${key}\n`);
  return { artifacts: evidence.path };
}
