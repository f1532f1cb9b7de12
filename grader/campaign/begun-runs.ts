/** The runs that have records of an earlier, interrupted grading, by cell: what is left of them and what is known. */

import type { RunRecord } from '../../harness/index.js';
import { placesIn, type Place, type RunCell } from '../plan/run-cells.js';

export interface BegunRun extends Place {
  /** The latest one. */
  record: RunRecord;
  /** The number of the further attempt that is worth it; undefined where the run is settled. */
  nextAttempt: number | undefined;
}

/** Those of these cells. `attempts` has the records of each run in order, by its key; `attemptAfter` judges them. */
export function begunRuns(
  cells: readonly RunCell[],
  attempts: ReadonlyMap<string, readonly RunRecord[]>,
  attemptAfter: (records: readonly RunRecord[]) => number | undefined,
): BegunRun[] {
  const placeOf = placesIn(cells);
  return [...attempts.values()].flatMap((records) => {
    const record = records.at(-1);
    const place = record && placeOf(record);
    if (record === undefined || place === undefined) return [];
    return [{ ...place, record, nextAttempt: attemptAfter(records) }];
  });
}

/** How many of these runs need no further attempt. */
export function countDone(begun: readonly BegunRun[]): number {
  return begun.filter(({ nextAttempt }) => nextAttempt === undefined).length;
}
