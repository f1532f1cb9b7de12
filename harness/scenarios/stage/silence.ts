/**
 * Times in which something must not happen, and how long they have to be: operations that only reach
 * servers without the right to answer, a server that may or may not be replaced.
 */

import type { Clock } from '../../ground/clock.js';
import type { Lab } from '../../cluster/cluster.js';
import type { Operation } from '../../history/operation.js';
import type { View } from '../../history/timeline.js';
import { expectUnanswered } from './expectation.js';
import type { Stage } from './stage.js';

/** Between two looks at what the kit knows by itself, in ms. */
const LOOK_MS = 5;

/** Between two looks at the view, in ms: each is a call to the view service. */
const LOOK_AT_VIEW_MS = 25;

/** Why an operation must not be answered. */
export interface Ban {
  /** A full sentence that names the server that must not answer. */
  why: string;
  /**
   * Whether it still holds; always, if absent. It is asked after the answer has come, so that what holds then has held all the
   * time: a service may change its view when it likes, and then another server may have answered.
   */
  stillHolds?(): Promise<boolean>;
}

/** Waits until `over`, and complains if one of the operations is answered before. Whatever is not done goes on. */
export async function unansweredUntil(
  over: Promise<unknown>,
  asked: readonly Promise<Operation>[],
  { why, stillHolds = () => Promise.resolve(true) }: Ban,
): Promise<void> {
  const answered = await Promise.race([...asked, over.then(() => undefined)]);
  if (answered !== undefined && (await stillHolds())) expectUnanswered(answered, why);
}

/** Waits until something has happened, but no longer than `limitMs`: it need not happen at all. */
export async function atMost(
  clock: Clock,
  limitMs: number,
  hasHappened: () => boolean | Promise<boolean>,
  lookMs = LOOK_MS,
): Promise<void> {
  const lateMs = clock.now() + limitMs;
  while (clock.now() < lateMs && !(await hasHappened())) await clock.sleep(lookMs);
}

/** Waits until the view is of this kind, but no longer than `limitMs`: the view service need not come to one. */
export function viewAtMost(
  { cluster, clock }: Pick<Stage, 'cluster' | 'clock'>,
  limitMs: number,
  holds: (view: View) => boolean,
): Promise<void> {
  return atMost(clock, limitMs, async () => holds(await cluster.view()), LOOK_AT_VIEW_MS);
}

/** After so long a silence a server is dead, in ms. */
export function deathMs({ pingIntervalMs, deadPings }: Lab): number {
  return pingIntervalMs * deadPings;
}
