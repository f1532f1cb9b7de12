/** What real Go programs have written (`programs/record`), and what a reader is to make of it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../../root.js';

const BYTES = z.string().transform((text) => Buffer.from(text, 'base64'));

const VALUES = z.array(z.object({ name: z.string(), stream: BYTES, values: z.array(z.unknown()) }));

const SESSIONS = z.array(
  z.object({
    name: z.string(),
    requests: BYTES,
    replies: BYTES,
    calls: z.array(
      z.object({
        id: z.number(),
        method: z.string(),
        args: z.unknown(),
        result: z.unknown().optional(),
        error: z.string().optional(),
      }),
    ),
    answered: z.array(z.number()),
  }),
);

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, 'tests/data/gob', file), 'utf8'));
}

/** Streams of values. */
export const RECORDED_VALUES = VALUES.parse(read('values.json'));

/** Connections of net/rpc, each direction by itself. */
export const RECORDED_SESSIONS = SESSIONS.parse(read('calls.json'));

export type RecordedSession = (typeof RECORDED_SESSIONS)[number];

export function recordedSession(name: string): RecordedSession {
  const found = RECORDED_SESSIONS.find((session) => session.name === name);
  if (found === undefined) throw new Error(`no session is called ${name}`);
  return found;
}
