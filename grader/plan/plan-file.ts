/**
 * The plan as a file, `plan.json` in the grading's directory: written once, and checked in full when
 * it is read, because a person may have edited it or a newer kit may have written it.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { invocation, shellWord, UsageError } from '../../harness/index.js';
import { MACHINE } from '../measured/machine-schema.js';
import { PLAN_FORMAT } from './plan.js';
import type { Plan } from './plan.js';
import { readJsonFile } from '../files/read-json-file.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';

export const PLAN_FILE = 'plan.json';

const text = z.string().min(1);
const probability = z.number().gt(0).lt(1);

const SUBMISSION = z.object({
  name: text.regex(/^[^/.][^/]*$/, 'a name without a slash or a leading dot'),
  spec: text,
  digest: z.string(),
  note: text.exactOptional(),
  leftOut: z.array(text).exactOptional(),
  ungradable: text.exactOptional(),
  revisions: z.record(z.string(), z.int().min(1)).exactOptional(),
});

const PLAN = z
  .object({
    format: z.literal(PLAN_FORMAT),
    kit: text,
    createdAt: z.iso.datetime(),
    seed: text,
    runsPerScenario: z.int().min(1),
    machine: MACHINE.exactOptional(),
    submissions: z
      .array(SUBMISSION)
      .min(1)
      .refine((list) => distinct(list.map(({ name }) => name)), 'distinct names'),
    scenarios: z
      .array(
        z.object({
          id: text,
          version: text.exactOptional(),
          runShare: z.number().positive().max(1).exactOptional(),
        }),
      )
      .min(1)
      .refine((list) => distinct(list.map(({ id }) => id)), 'distinct ids'),
    stopping: z
      .object({
        acceptable: probability,
        unacceptable: probability,
        falseAlarm: probability,
        miss: probability,
      })
      .refine((one) => one.acceptable < one.unacceptable, 'an acceptable rate below the other one')
      .exactOptional(),
    budget: z
      .union([
        z.object({ ms: z.int().min(1) }),
        z.object({ timesReference: z.number().positive() }),
      ])
      .exactOptional(),
    control: z.object({ submission: SUBMISSION, oneIn: z.int().min(2) }).exactOptional(),
    replays: z.int().min(1).exactOptional(),
    calibration: z
      .object({
        set: z.literal('independent').exactOptional(),
        closeRuns: z.int().min(1),
        expected: z.record(z.string(), z.array(text)),
        idle: z.record(z.string(), z.array(text)).exactOptional(),
      })
      .exactOptional(),
    sweep: z
      .object({
        delaysMs: z.array(z.int().min(1)).min(1),
        part: z.enum(['request', 'reply']),
        pingDelayAtMostMs: z.number(),
      })
      .exactOptional(),
    comparison: z
      .object({ earlier: z.object({ directory: text, submission: text }).exactOptional() })
      .exactOptional(),
    revisions: z
      .array(
        z.object({
          at: z.iso.datetime(),
          kit: text,
          changes: z.array(z.object({ submission: text, reason: text, scenarios: z.array(text) })),
        }),
      )
      .exactOptional(),
  })
  .refine(
    ({ control, submissions }) =>
      submissions.every(({ name }) => name !== control?.submission.name),
    {
      path: ['control', 'submission', 'name'],
      message: 'a name that no submission has',
    },
  ) satisfies z.ZodType<Plan>;

/**
 * Writes the plan of a new grading. The directory must exist and the caller must hold its lock.
 *
 * @throws UsageError when the directory already holds a grading.
 */
export async function writePlan(dir: string, plan: Plan): Promise<void> {
  assertHoldsNoPlan(dir);
  await replacePlan(dir, plan);
}

/** @throws UsageError when the directory already holds a grading. */
export function assertHoldsNoPlan(dir: string): void {
  if (!existsSync(join(dir, PLAN_FILE))) return;
  throw new UsageError(`${dir} already contains a grading`, {
    hint: `continue it with \`${invocation()} resume ${shellWord(dir)}\`, or choose another --out`,
  });
}

/** Puts a revised plan in the place of the one that the directory holds; the caller must hold its lock. */
export async function replacePlan(dir: string, plan: Plan): Promise<void> {
  await writeFileAtomically(join(dir, PLAN_FILE), `${JSON.stringify(plan, null, 2)}\n`);
}

/**
 * The plan of the grading in this directory.
 *
 * @throws UsageError when there is none, or when it is not a plan that this kit understands; the
 * message names the file, the place in it, what is there and what should be.
 */
export function readPlan(dir: string): Plan {
  return readJsonFile({
    file: join(dir, PLAN_FILE),
    schema: PLAN,
    unreadable: `${dir} does not contain a grading that this kit can read`,
    expected: `a plan in the format ${PLAN_FORMAT}`,
    hint: '`pblab grade --out DIR` writes such a directory',
  });
}

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
