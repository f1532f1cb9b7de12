/** What counts as a run record where one comes from outside: a journal's line, a worker's message. */

import { z } from 'zod';
import { PLAN_DATA, type RunRecord } from '../../../harness/index.js';

const count = z.int().min(0);
const amount = z.number().min(0);
const text = z.string().min(1);
const callKind = { from: text, to: text, method: z.string().exactOptional() };

/**
 * The shape of a record. Fields that it does not know are kept, so that a newer kit's journal stays
 * readable. A failing record must say its class and signature, an unknown one its cause.
 */
export const RUN_RECORD = z
  .looseObject({
    key: text,
    attempt: count,
    submission: z.object({ name: text, digest: z.string() }),
    scenario: text,
    index: count,
    seed: text,
    world: z.literal('processes'),
    verdict: z.enum(['pass', 'fail', 'unknown']),
    class: z.enum(['safety', 'liveness', 'crash', 'protocol', 'cost', 'build']).exactOptional(),
    signature: text.exactOptional(),
    cause: z
      .enum([
        'disturbed',
        'fault-never-bit',
        'held-by-kit',
        'delayed-to-death',
        'budget-exhausted',
        'kit-broke',
      ])
      .exactOptional(),
    reason: z.string(),
    durationMs: amount,
    cpuMs: amount,
    operations: z.object({ ok: count, failed: count, indefinite: count }),
    costs: z.record(z.string(), amount).exactOptional(),
    faults: z.record(z.string(), count),
    met: z.array(z.object({ target: text, did: text, moment: text })).exactOptional(),
    plan: PLAN_DATA.exactOptional(),
    standing: z
      .array(
        z.object({
          ...callKind,
          part: z.enum(['request', 'reply']),
          delayMs: amount,
          share: z.number().positive().max(1),
        }),
      )
      .exactOptional(),
    calls: z.array(z.object({ ...callKind, calls: count, held: count })).exactOptional(),
    lagMs: amount,
    races: z.array(z.object({ signature: text, count })).exactOptional(),
    keptWhole: z.literal(true).exactOptional(),
    artifacts: text.exactOptional(),
  })
  .refine(({ verdict, signature }) => verdict !== 'fail' || signature !== undefined, {
    path: ['signature'],
    message: 'the signature of the failure',
  })
  .refine((record) => record.verdict !== 'fail' || record.class !== undefined, {
    path: ['class'],
    message: 'the class of the failure',
  })
  .refine(({ verdict, cause }) => verdict !== 'unknown' || cause !== undefined, {
    path: ['cause'],
    message: 'the cause of the unknown verdict',
  }) satisfies z.ZodType<RunRecord>;
