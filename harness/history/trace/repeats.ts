/**
 * Idle pings are many and tell nothing: a call to the view service with the same request and answer as the
 * one before is counted in that one.
 */

import { isSaidAgain, type CallRecord } from './call-record.js';

export interface Repeats {
  /** Takes a call that is over; true if it was counted in an earlier one. */
  count(record: CallRecord): boolean;
  /** From now on nothing is counted in calls that came before. */
  forget(): void;
}

export function createRepeats(): Repeats {
  /** The last call of each caller and method that was not a repeat. */
  const latest = new Map<string, CallRecord>();
  return {
    count(record) {
      const { from, number, fault, ending, endMs } = record;
      const kind = `${from} ${record.request?.text.method}`;
      const before = latest.get(kind);
      latest.delete(kind);
      if (ending !== 'answered' || fault !== undefined || endMs === undefined) return false;
      if (before === undefined || !isSaidAgain(record, before)) {
        latest.set(kind, record);
        return false;
      }
      latest.set(kind, before);
      const times = (before.again?.times ?? 0) + 1;
      before.again = { times, lastNumber: number, untilMs: endMs };
      return true;
    },
    forget: () => latest.clear(),
  };
}
