/**
 * Runs that repeat a failing one with its seed, to measure how likely the command that is printed for it fails
 * again. They have keys of their own and are in no rate.
 */

import type { PlannedRun } from './plan.js';

/** `alice/append/7` again: `alice/append/again-7/0`, `alice/append/again-7/1`, ... */
export function replaysOf(run: PlannedRun, times: number): PlannedRun[] {
  const [, scenario = '', index = ''] = /^(.*)\/([^/]*)$/s.exec(run.key) ?? [];
  return Array.from({ length: times }, (_, number) => ({
    ...run,
    key: `${scenario}/again-${index}/${number}`,
    index: number,
    again: run.key,
  }));
}

/** The key of the run that a run with this key repeats; the key itself where it repeats none. */
export function originalKey(key: string): string {
  return key.replace(/\/again-(\d+)\/\d+$/, '/$1');
}
