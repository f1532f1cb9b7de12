/** Reads the run of an evidence folder. */

import { join } from 'node:path';
import { z } from 'zod';
import {
  CALL_ENDINGS,
  readRegularText,
  RUN_RECORD,
  type StoredRun,
} from '../../../harness/index.js';

/** People see the whole finding of a failing run, and only the sentence of other runs. */
const FINDING = z.custom<StoredRun['finding']>((value) => SHOWN_FINDING.safeParse(value).success);

const MOMENT = z.looseObject({ atMs: z.number(), kind: z.string() });
const OPERATION = z.looseObject({
  id: z.number(),
  client: z.string(),
  callMs: z.number(),
  value: z.string().optional(),
  returned: z.string().optional(),
});
const CALL = z.looseObject({
  from: z.string(),
  to: z.string(),
  number: z.number(),
  startMs: z.number(),
  ending: z.enum(CALL_ENDINGS),
});
const BELIEF = z.looseObject({
  process: z.string(),
  view: z.object({ viewnum: z.number(), primary: z.string(), backup: z.string() }),
  fromMs: z.number(),
});
const SERIES = z.looseObject({
  what: z.string(),
  values: z.array(z.number()),
  unit: z.string(),
  at: z.array(z.number()),
});
const DOING = z.looseObject({
  waits: z.array(z.string()),
  processes: z.array(
    z.looseObject({
      process: z.string(),
      says: z.string(),
      isQuiet: z.boolean(),
      groups: z.array(
        z.looseObject({ count: z.number(), does: z.string(), frames: z.array(z.string()) }),
      ),
      left: z.number(),
    }),
  ),
});

const EXCEPTION = z.looseObject({
  process: z.string(),
  atMs: z.number().optional(),
  lines: z.array(z.string()),
  times: z.number(),
});

const SHOWN_FINDING = z.discriminatedUnion('verdict', [
  z.looseObject({ verdict: z.literal('pass'), says: z.string() }),
  z.looseObject({ verdict: z.literal('unknown'), says: z.string() }),
  z.looseObject({
    verdict: z.literal('fail'),
    says: z.string(),
    evidence: z.object({
      operations: z.array(OPERATION),
      events: z.array(MOMENT),
      calls: z.array(CALL).optional(),
      beliefs: z.array(BELIEF).optional(),
      series: z.array(SERIES).optional(),
      parted: z.array(z.string()).optional(),
      doing: DOING.optional(),
      exceptions: z.array(EXCEPTION).optional(),
    }),
  }),
]);

const STORED_RUN = z.looseObject({
  format: z.literal('pblab/run/1'),
  spec: z.string().min(1),
  record: RUN_RECORD,
  finding: FINDING,
}) satisfies z.ZodType<StoredRun>;

/** The run of an evidence folder; undefined if the folder holds none that can be read. */
export function readStoredRun(folder: string): StoredRun | undefined {
  try {
    return STORED_RUN.parse(JSON.parse(readRegularText(join(folder, 'run.json'))));
  } catch {
    return undefined;
  }
}
