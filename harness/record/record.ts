/**
 * The result of one run: submission × scenario × seed × world. Everything after a run (tally, grade,
 * report) is a fold over these records, so a record holds facts, never opinions on many runs.
 */

import { z } from 'zod';
import { WORLDS } from '../ground/world.js';
import type { RunCosts } from '../costs/costs.js';
import { CALL_COUNT, STANDING_DELAY } from '../faults/standing-delay.js';
import { CLASS_ORDER } from '../lab/failure-class.js';
import { INCIDENT_KINDS } from '../lab/incidents.js';
import { UNKNOWN_CAUSES, VERDICTS } from '../lab/verdict.js';
import { PLAN_DATA } from '../scenarios/stage/plan-data.js';

const count = z.int().min(0);
const amount = z.number().min(0);
const text = z.string().min(1);

/** A newer kit may know more costs. */
const COSTS: z.ZodType<RunCosts> = z.record(z.string(), amount);

/** Like data races of one run. */
const RACE_COUNT = z.object({ signature: text, count });

export type RaceCount = z.infer<typeof RACE_COUNT>;

const INCIDENT = z.object({
  kind: z.enum(INCIDENT_KINDS),
  process: text,
  /** ms since the start of the run. */
  atMs: amount,
  /** More about it, as a clause. */
  detail: text.exactOptional(),
});

/**
 * The judgement of a run that failed by a rule which is held against every run, as it would be without that failure:
 * the scenario's own result.
 */
const BESIDES = z.object({
  /** `unknown` also where the run could not go on after that failure. */
  verdict: z.enum(VERDICTS),
  /** Only for `fail`. */
  class: z.enum(CLASS_ORDER).exactOptional(),
  /** Only for `fail`. */
  signature: text.exactOptional(),
  /** One full sentence. */
  reason: z.string(),
});

export type Besides = z.infer<typeof BESIDES>;

const FIELDS = z.object({
  /** Key of the planned run; a later attempt at the same run replaces the earlier one. */
  key: text,
  /** From 0; above 0 when earlier attempts were disturbed by the kit. */
  attempt: count,
  submission: z.object({ name: text, digest: z.string() }),
  scenario: text,
  /** Which repetition of the scenario, from 0. */
  index: count,
  seed: text,
  world: z.enum(WORLDS),
  /** Only of the virtual world: runs with the same one are the same, event by event. */
  trace: text.exactOptional(),
  /** The machine on which it was run; absent where that is the grader's own. */
  host: text.exactOptional(),
  verdict: z.enum(VERDICTS),
  /** Only for `fail`. */
  class: z.enum(CLASS_ORDER).exactOptional(),
  /** Only for `fail`: groups like failures; made of rule, symptom, last fault and exit, not of texts. */
  signature: text.exactOptional(),
  /** Only for `fail`, and only where the failure is not about what the scenario tests. */
  besides: BESIDES.exactOptional(),
  /** Only for `unknown`. */
  cause: z.enum(UNKNOWN_CAUSES).exactOptional(),
  /** One full sentence. */
  reason: z.string(),
  durationMs: amount,
  /** Processor time of the submission's processes and the kit's worker, in ms. */
  cpuMs: amount,
  /** How many operations had each outcome. */
  operations: z.object({ ok: count, failed: count, indefinite: count }),
  /** Calls of these kinds were held back throughout the run; present, and empty, where calls were only counted. */
  standing: z.array(STANDING_DELAY).exactOptional(),
  /** The kinds of calls that there were; only where `standing` is present. */
  calls: z.array(CALL_COUNT).exactOptional(),
  /** Its costs, as far as they could be measured; absent if none could. */
  costs: COSTS.exactOptional(),
  /** How often each fault took effect, on a call or on a link that a call met. */
  faults: z.record(z.string(), count),
  /** The situations that a generated scenario met, each once; absent if there were none. */
  met: z.array(z.object({ target: text, did: text, moment: text })).exactOptional(),
  /** The plan that a generated scenario was given to play; absent where it has drawn one from the seed. */
  plan: PLAN_DATA.exactOptional(),
  /**
   * Data races that Go's race detector reported, by the two functions that met; absent without any. They
   * are findings of their own, and change no verdict.
   */
  races: z.array(RACE_COUNT).exactOptional(),
  /** What programs did beside answering calls; absent without any. They change no verdict. */
  incidents: z.array(INCIDENT).exactOptional(),
  /** The kit's worst own lateness in this run, in ms. */
  lagMs: amount,
  /** Only of a run that passed: its evidence folder tells all that happened, to compare a failing run with. */
  keptWhole: z.literal(true).exactOptional(),
  /** Evidence folder, relative to the grading's directory; absent if none was kept. */
  artifacts: text.exactOptional(),
});

export type RunRecord = z.infer<typeof FIELDS>;

/**
 * A record from outside: a journal's line, a worker's message. Fields that it does not know are kept, so that a
 * newer kit's journal stays readable. A failing record must say its class and signature, an unknown one its cause.
 */
export const RUN_RECORD: z.ZodType<RunRecord> = FIELDS.loose()
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
  });
