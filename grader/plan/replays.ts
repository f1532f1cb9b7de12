/**
 * Runs that repeat a failing one with its seed, to measure how likely the command that is printed for it fails
 * again. They have keys of their own and are not counted in any rate.
 */

import type { PlannedRun } from './plan.js';
import { readRunKey, writeRunKey } from './run-key.js';

/** `alice/append/7` again: `alice/append/again-7/0`, `alice/append/again-7/1`, ... */
export function replaysOf(run: PlannedRun, times: number): PlannedRun[] {
  const original = readRunKey(run.key);
  if (original === undefined) throw new Error(`${run.key} is not the key of a planned run`);
  return Array.from({ length: times }, (_, replay) => ({
    ...run,
    key: writeRunKey({ ...original, replay }),
    index: replay,
    again: run.key,
  }));
}
