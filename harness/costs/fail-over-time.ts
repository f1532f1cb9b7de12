/**
 * How long a service stands still when its primary is taken away: from the kill or the freeze to the first
 * operation that was acknowledged without it.
 */

import type { History } from '../history/operation.js';
import type { TimelineEvent, View } from '../history/timeline.js';

interface Sighting {
  atMs: number;
  view: View;
}

/** The mean over all fail-overs of a run that clients saw the end of, in ms; undefined without any. */
export function failOverMs(
  history: History,
  timeline: readonly TimelineEvent[],
): number | undefined {
  const sightings = timeline.filter((event) => event.kind === 'view' || event.kind === 'told');
  const lasted = timeline.flatMap((event) => {
    if (event.kind !== 'killed' && event.kind !== 'paused') return [];
    const { atMs, process } = event;
    const before = latestView(sightings.filter((seen) => seen.atMs <= atMs));
    if (before?.primary !== process) return [];
    const after = sightings.find(
      ({ view }) => view.viewnum > before.viewnum && view.primary !== process,
    );
    const endMs = after && firstAnswer(history, atMs, after.atMs);
    return endMs === undefined ? [] : [endMs - atMs];
  });
  if (lasted.length === 0) return undefined;
  return lasted.reduce((sum, ms) => sum + ms, 0) / lasted.length;
}

function latestView(sightings: readonly Sighting[]): View | undefined {
  return sightings.map(({ view }) => view).toSorted((a, b) => b.viewnum - a.viewnum)[0];
}

/**
 * When the first answer came after the strike. One to a call from before it may have been on its way already,
 * unless the next view was known by then.
 */
function firstAnswer(history: History, struckMs: number, succeededMs: number): number | undefined {
  const answers = history.flatMap(({ outcome, callMs, returnMs = -Infinity }) => {
    const counts = outcome === 'ok' && returnMs > struckMs;
    return counts && (callMs > struckMs || returnMs > succeededMs) ? [returnMs] : [];
  });
  return answers.length === 0 ? undefined : Math.min(...answers);
}
