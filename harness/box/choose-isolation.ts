/** The choice of an isolation for a command: what its caller wants, or the best that there is. */

import { UsageError } from '../ground/errors.js';
import { useIsolation, wantedLevel } from './current-isolation.js';
import { findBubblewrap } from './find-bubblewrap.js';
import {
  describeIsolation,
  HOW_TO_ISOLATE,
  ISOLATION_LEVELS,
  type Isolation,
  type IsolationLevel,
} from './isolation.js';
import { findIsolation } from './probe.js';

/**
 * Chooses the isolation for all that this process starts from now on: the level asked for, else the one that the
 * environment names, else the best that there is.
 *
 * @throws UsageError if this machine has less than what is asked for or named.
 */
export async function chooseIsolation(asked?: IsolationLevel): Promise<Isolation> {
  const wanted = asked ?? wantedLevel();
  const found = await findIsolation(wanted);
  if (wanted !== undefined && isLower(found.level, wanted)) {
    throw new UsageError(`this machine has no isolation of the level ${wanted}`, {
      got: describeIsolation(found),
      expected: wanted,
      hint: [...waysToIsolate(), 'ask for less with --isolation none'].join(', or '),
    });
  }
  useIsolation(found);
  return found;
}

/** Whether the first level keeps programs apart less than the second. */
export function isLower(one: IsolationLevel, other: IsolationLevel): boolean {
  return ISOLATION_LEVELS.indexOf(one) > ISOLATION_LEVELS.indexOf(other);
}

/** What would give this machine full isolation, as phrases; none if the program for it is there and does not work. */
export function waysToIsolate(): string[] {
  return findBubblewrap() !== undefined ? [] : [`install bubblewrap with \`${HOW_TO_ISOLATE}\``];
}
