/** The runs of one cell that wait, by position: further attempts first, and then the runs that were not begun. */

import type { RunCell } from '../plan/run-cells.js';
import { countDone, type BegunRun } from './begun-runs.js';
import type { ScheduledRun } from './run-queue.js';

export interface WaitingRuns {
  readonly count: number;
  /** That of the next run; infinite where none waits. */
  readonly position: number;
  take(): ScheduledRun | undefined;
  /** Puts a further attempt before all that wait. */
  putBack(position: number, scheduled: ScheduledRun): void;
}

/** Those that wait in a cell where these runs are begun. */
export function openWaitingRuns(cell: RunCell, begun: readonly BegunRun[]): WaitingRuns {
  const known = new Map(begun.map(({ position, nextAttempt }) => [position, nextAttempt]));
  /** Further attempts, the next one last. */
  const again: { position: number; scheduled: ScheduledRun }[] = [];
  let count = cell.length - countDone(begun);
  let place = skip(0);

  /** The first position from this one on at which there is something to do. */
  function skip(from: number): number {
    let position = from;
    while (known.has(position) && known.get(position) === undefined) position += 1;
    return position < cell.length ? position : Infinity;
  }
  function takeInOrder(): ScheduledRun | undefined {
    if (place === Infinity) return undefined;
    const position = place;
    place = skip(position + 1);
    return { run: cell.at(position), attempt: known.get(position) ?? 0 };
  }

  return {
    get count() {
      return count;
    },
    get position() {
      return again.at(-1)?.position ?? place;
    },
    take() {
      const scheduled = again.pop()?.scheduled ?? takeInOrder();
      if (scheduled !== undefined) count -= 1;
      return scheduled;
    },
    putBack(position, scheduled) {
      again.push({ position, scheduled });
      count += 1;
    },
  };
}
