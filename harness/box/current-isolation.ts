/**
 * The isolation with which this process runs submissions. It belongs to the machine and to the command, not to one
 * run: a grading has one for all its runs, and hands it to its workers.
 */

import { UsageError } from '../ground/errors.js';
import { ISOLATION_LEVELS, type Isolation, type IsolationLevel } from './isolation.js';
import { findIsolation } from './probe.js';

/** Names the level that is wanted where no command says it, such as for the tests of the kit. */
const VARIABLE = 'PBLAB_ISOLATION';

let current: Promise<Isolation> | undefined;

/** The isolation that was chosen; without a choice the best that there is. */
export function currentIsolation(): Promise<Isolation> {
  current ??= findIsolation(wantedLevel());
  return current;
}

/** Chooses the isolation for all that this process starts from now on. */
export function useIsolation(isolation: Isolation): void {
  current = Promise.resolve(isolation);
}

/**
 * The level that the environment names; undefined if it names none.
 *
 * @throws UsageError if it names something else.
 */
export function wantedLevel(): IsolationLevel | undefined {
  const named = process.env[VARIABLE] ?? '';
  const level = ISOLATION_LEVELS.find((one) => one === named);
  if (level !== undefined || named === '') return level;
  throw new UsageError(`${VARIABLE} is not a level of isolation`, {
    got: named,
    expected: ISOLATION_LEVELS.join(', '),
  });
}
