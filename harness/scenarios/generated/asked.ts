/** An operation that may wait while something is in its way, and is due when the scenario says so. */

import type { Clock } from '../../ground/clock.js';
import { DEFAULT_DEADLINE_MS, type OperationOptions } from '../../cluster/cluster.js';
import { describeOperation } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import { Unmet } from '../stage/endings.js';
import { meanwhile } from '../stage/workload.js';

export interface Asked {
  /** Resolves when it is answered. */
  readonly done: Promise<Operation>;
  /** Nothing is in its way any more: ends the run as a liveness failure if it is not done in time from now. */
  isDue(): Promise<void>;
}

export function ask(clock: Clock, start: (options: OperationOptions) => Promise<Operation>): Asked {
  let giveUp = () => {};
  const until = new Promise<void>((resolve) => (giveUp = resolve));
  const done = meanwhile(start({ mayHang: true, until }));
  return {
    done,
    async isDue() {
      const inTime = await Promise.race([
        done.then(() => true),
        clock.sleep(DEFAULT_DEADLINE_MS).then(() => false),
      ]);
      if (inTime) return;
      giveUp();
      throw neverDone([await done]);
    },
  };
}

/** These operations were not done although nothing was in their way. */
export function neverDone(late: readonly Operation[]): Unmet {
  const [first] = late;
  const what = first === undefined ? 'An operation' : describeOperation(first);
  return new Unmet({
    rule: 'kv-survival',
    symptom: 'operation-timed-out',
    says: `${what} was not done within ${DEFAULT_DEADLINE_MS / 1000} s after the last obstacle was gone.`,
    operations: late.slice(0, 3),
  });
}
