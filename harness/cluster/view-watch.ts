/** Waits for views, and enters into the timeline each one that differs from the last. */

import type { Clock } from '../clock.js';
import type { TimelineEvent, View } from '../history/timeline.js';
import { isSameView } from '../history/view-lane.js';
import { breach, type Breach } from './breach.js';
import type { ViewSource } from './view-source.js';

/** Events shown with a view that did not come. */
const EVENTS_SHOWN = 8;

export type WaitForView = (
  wanted: string,
  holds: (view: View) => boolean,
  deadlineMs: number,
) => Promise<View>;

/** `observer` gives whom to ask; it is called for each question. */
export function watchViews(
  observer: () => ViewSource,
  timeline: TimelineEvent[],
  clock: Clock,
): WaitForView {
  const note = (view: View) => {
    const last = timeline.findLast((event) => event.kind === 'view');
    if (last !== undefined && isSameView(last.view, view)) return;
    timeline.push({ kind: 'view', atMs: clock.now(), view });
  };
  return async (wanted, holds, deadlineMs) => {
    const startMs = clock.now();
    for (;;) {
      const { view: ask, pollMs } = observer();
      const view = await ask();
      if (view !== undefined) {
        note(view);
        if (holds(view)) return view;
      }
      if (clock.now() - startMs > deadlineMs) throw overdue(wanted, view, deadlineMs, timeline);
      await clock.sleep(pollMs);
    }
  };
}

function overdue(
  wanted: string,
  view: View | undefined,
  deadlineMs: number,
  timeline: readonly TimelineEvent[],
): Breach {
  return breach({
    class: 'liveness',
    symptom: 'view-overdue',
    says: `Expected ${wanted} within ${deadlineMs / 1000} s, but the view service ${describe(view)}.`,
    events: timeline.filter(({ kind }) => kind !== 'fault').slice(-EVENTS_SHOWN),
  });
}

/** A view as the end of a sentence about the view service. */
function describe(view: View | undefined): string {
  if (view === undefined) return 'did not answer';
  const { viewnum, primary, backup } = view;
  return `reports view ${viewnum} with primary ${primary || 'none'} and backup ${backup || 'none'}`;
}
