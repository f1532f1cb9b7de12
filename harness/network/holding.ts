/**
 * Puts standing delays to work: counts the calls of each kind, and holds those that are drawn. It keeps the
 * times in which any call was held, because the delays may have caused events in these times.
 */

import {
  HELD_AT_MOST_MS,
  isSameKind,
  type CallCount,
  type CallKind,
  type HeldPart,
  type StandingDelay,
} from '../faults/standing-delay.js';
import type { Random } from '../ground/seed.js';

/** Kinds counted in one run; a submission that makes up ever new methods tells nothing new. */
const MAX_KINDS = 64;

/** A longer name is none that a person has given to a method. */
const MAX_METHOD_LENGTH = 100;

export interface HoldingOptions {
  delays: readonly StandingDelay[];
  random: Random;
  now: () => number;
  /** Under which name the calls of a process count; those of a process without one are left alone. */
  callerOf: (process: string) => string | undefined;
}

/** The facts about a call that holding needs, and its actions on it. */
export interface PassingCall {
  from: string;
  to: string;
  method: string | undefined;
  /** Waits `ms`, or until the call is over for its caller. */
  hold(ms: number): Promise<void>;
  /** It is going to be held for so long. */
  onHeld(delay: StandingDelay): void;
}

export interface Holding {
  /** Resolves when the call may go on. */
  pass(call: PassingCall, part: HeldPart): Promise<void>;
  counts(): CallCount[];
  /** For how much of this stretch of time any call was held, in ms. */
  heldMs(fromMs: number, untilMs: number): number;
}

export function createHolding(options: HoldingOptions): Holding {
  const { delays, random, now, callerOf } = options;
  const counts: CallCount[] = [];
  const times = createHeldTimes(now);
  const draws = new Map<string, Random>();

  const countOf = (kind: CallKind): CallCount | undefined => {
    const known = counts.find((each) => isSameKind(each, kind));
    if (known !== undefined || counts.length >= MAX_KINDS) return known;
    const count = { ...kind, calls: 0, held: 0 };
    counts.push(count);
    return count;
  };
  const kindOf = ({ from: process, to, method }: PassingCall): CallKind | undefined => {
    const from = callerOf(process);
    if (from === undefined) return undefined;
    return method === undefined || method.length > MAX_METHOD_LENGTH
      ? { from, to }
      : { from, to, method };
  };
  /** A generator for each link, so that the draws of one do not depend on the calls of another. */
  const isDrawn = ({ from, to }: PassingCall, { share }: StandingDelay): boolean => {
    const link = `${from}>${to}`;
    const draw = draws.get(link) ?? random.child(link);
    draws.set(link, draw);
    return draw.chance(share);
  };
  return {
    async pass(call, part) {
      const kind = kindOf(call);
      if (kind === undefined) return;
      const count = countOf(kind);
      if (part === 'request' && count !== undefined) count.calls++;
      const delay = delays.find((each) => each.part === part && isHit(each, kind));
      if (delay === undefined || !isDrawn(call, delay) || !times.allow(delay.delayMs)) return;
      if (count !== undefined) count.held++;
      call.onHeld(delay);
      const release = times.begin();
      await call.hold(delay.delayMs);
      release();
    },
    counts: () => counts.map((count) => ({ ...count })),
    heldMs: times.heldMs,
  };
}

/** A delay without a method is for all calls of its links. */
function isHit(delay: StandingDelay, { from, to, method }: CallKind): boolean {
  if (delay.from !== from || delay.to !== to) return false;
  return delay.method === undefined || delay.method === method;
}

/** The stretches of time in which at least one call was held. */
function createHeldTimes(now: () => number) {
  const past: [fromMs: number, untilMs: number][] = [];
  let pastMs = 0;
  let held = 0;
  let sinceMs = 0;
  const currentMs = () => (held > 0 ? now() - sinceMs : 0);
  return {
    /** Whether a call may be held for so long and all of them together stay below the bound. */
    allow: (ms: number) => pastMs + currentMs() + ms <= HELD_AT_MOST_MS,
    /** A call is held from now until what is returned is called. */
    begin(): () => void {
      if (held++ === 0) sinceMs = now();
      return () => {
        if (held === 1) {
          past.push([sinceMs, now()]);
          pastMs += currentMs();
        }
        held--;
      };
    },
    heldMs: (fromMs: number, untilMs: number) =>
      [...past, [sinceMs, sinceMs + currentMs()] as const].reduce(
        (sum, [since, until]) =>
          sum + Math.max(0, Math.min(until, untilMs) - Math.max(since, fromMs)),
        0,
      ),
  };
}
