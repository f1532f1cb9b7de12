/**
 * How much a new backup is handed at once: the largest request from its primary, since the primary learned
 * of it and until an operation was acknowledged that was asked for after that. By then a backup holds
 * everything, so what follows are forwards. A transfer in many small requests counts as small.
 */

import type { History } from '../history/operation.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { LargestRequest } from './expenses.js';

/** Size of the largest transfer of a run, in bytes; undefined if there was none. */
export function transferBytes(
  history: History,
  timeline: readonly TimelineEvent[],
  largestRequest: LargestRequest,
): number | undefined {
  const sizes = timeline.flatMap((event) => {
    if (event.kind !== 'told') return [];
    const { process, view, atMs, askedMs } = event;
    if (view.primary !== process || view.backup === '') return [];
    return [largestRequest(process, view.backup, askedMs, handedOverMs(history, atMs))];
  });
  const largest = Math.max(0, ...sizes);
  return largest === 0 ? undefined : largest;
}

/** When the first operation was acknowledged that was asked for after this time; Infinity if none was. */
function handedOverMs(history: History, learnedMs: number): number {
  const after = history.filter(({ outcome, callMs }) => outcome === 'ok' && callMs > learnedMs);
  return Math.min(...after.map(({ returnMs = Infinity }) => returnMs));
}
