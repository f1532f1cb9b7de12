/**
 * Ends hopeless runs early: a submission that could not be built, or whose first runs all ended before a server
 * listened, has a status by then, and further runs would show nothing else.
 */

import type { ResolvedSubmission, RunRecord } from '../../harness/index.js';
import type { PlannedRun } from '../plan/plan.js';
import { failedToStart } from './before-start.js';
import { passingOver, type RunQueue } from './run-queue.js';

/** The runs to do, with only the first run of a submission that could not be built: it reports the failed build. */
export function withoutUnbuilt(
  runs: readonly PlannedRun[],
  submissions: ReadonlyMap<string, ResolvedSubmission>,
): PlannedRun[] {
  const told = new Set<string>();
  return runs.filter(({ submission: { name } }) => {
    if (submissions.get(name)?.kind !== 'build-failed') return true;
    const isFirst = !told.has(name);
    told.add(name);
    return isFirst;
  });
}

/** Facts about the runs of a submission so far. */
interface Seen {
  startFailures: number;
  /** Whether a run of it has passed, or failed in another way. */
  hasRun: boolean;
}

/**
 * A queue without the runs of hopeless submissions: `enough` of their runs have failed to start, and no other run can
 * be judged. `records` are those of earlier, interrupted executions.
 */
export function withoutHopeless(
  queue: RunQueue,
  records: Iterable<RunRecord>,
  enough: number,
): RunQueue {
  const submissions = new Map<string, Seen>();
  const note = (record: RunRecord): void => {
    const { name } = record.submission;
    const seen = submissions.get(name) ?? { startFailures: 0, hasRun: false };
    if (failedToStart(record)) seen.startFailures += 1;
    else if (record.verdict !== 'unknown') seen.hasRun = true;
    submissions.set(name, seen);
  };
  const isHopeless = (name: string): boolean => {
    const seen = submissions.get(name);
    return seen !== undefined && !seen.hasRun && seen.startFailures >= enough;
  };
  for (const record of records) note(record);
  return passingOver(queue, isHopeless, note);
}
