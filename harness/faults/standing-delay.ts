/**
 * Standing delays: a sweep delays calls of one kind throughout a run. They are plain data for workers
 * and records. They are not faults of a scenario but the speed of its links: a fault applies to calls
 * that are already delivered late. `network/holding.ts` puts them to work.
 */

import { z } from 'zod';

/** All clients together, as callers: what c1 does and what c2 does is the same kind of call. */
export const CLERKS = 'clerks';

/** Where a call is held: before the callee is given the request, or before the caller is given the reply. */
const HELD_PART = z.enum(['request', 'reply']);

export type HeldPart = z.infer<typeof HELD_PART>;

/**
 * All standing delays of a run together hold calls for so long at most, in ms; what comes later is not
 * held. Hence a run takes a bounded time, and every deadline in it is this much later.
 */
export const HELD_AT_MOST_MS = 8000;

/** Calls of one kind: between whom, and of which method where the protocol can be read. */
const CALL_KIND = z.object({
  /** The name of a server, or `CLERKS`. */
  from: z.string().min(1),
  to: z.string().min(1),
  method: z.string().exactOptional(),
});

export type CallKind = z.infer<typeof CALL_KIND>;

export const STANDING_DELAY = CALL_KIND.extend({
  part: HELD_PART,
  delayMs: z.number().min(0),
  /** Which share of the calls is held, above 0 and up to 1; they are drawn. */
  share: z.number().positive().max(1),
});

export type StandingDelay = z.infer<typeof STANDING_DELAY>;

/** How many calls of one kind there were in a run, and how many of them were held. */
export const CALL_COUNT = CALL_KIND.extend({
  calls: z.int().min(0),
  held: z.int().min(0),
});

export type CallCount = z.infer<typeof CALL_COUNT>;

/** A kind of call as a person names it, such as `PBServer.Forward pb1→pb2`, or only `pb1→pb2`. */
export function describeKind({ from, to, method }: CallKind): string {
  return `${method === undefined ? '' : `${method} `}${from}→${to}`;
}

/** A standing delay as a clause, such as `50 % of the calls backup.forward pb1→pb2 are delivered 100 ms late`. */
export function describeStanding(delay: StandingDelay): string {
  const which =
    delay.share === 1 ? 'all' : `${Math.max(1, Math.round(delay.share * 100))} % of the`;
  const late = delay.part === 'request' ? 'are delivered' : 'are answered';
  return `${which} calls ${describeKind(delay)} ${late} ${delay.delayMs} ms late`;
}

export function isSameKind(a: CallKind, b: CallKind): boolean {
  return a.from === b.from && a.to === b.to && a.method === b.method;
}
