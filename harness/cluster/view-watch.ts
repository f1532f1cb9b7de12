/** Waits for views, and enters into the timeline each one that differs from the last. */

import type { Clock } from '../ground/clock.js';
import type { TimelineEvent, View } from '../history/timeline.js';
import { isSameView } from '../history/view-lane.js';
import { breach, HeldByKit, type Breach } from './contract-broken.js';
import { watchDeadline } from './deadline.js';
import type { Obstacle } from './obstruction.js';
import type { Silence } from './owed-answer.js';
import type { Observer } from './view-source.js';

/** Events shown with a view that did not come. */
const EVENTS_SHOWN = 8;

export type WaitForView = (
  wanted: string,
  holds: (view: View) => boolean,
  deadlineMs: number,
) => Promise<View>;

export interface ViewWatchOptions {
  /** Gives whom to ask; it is called for each question. */
  observer: () => Observer;
  timeline: readonly TimelineEvent[];
  /** Enters an event into the timeline. */
  note: (event: TimelineEvent) => void;
  clock: Clock;
  /** Obstructions by the kit in the way of a change of view. */
  obstruction: () => Obstacle | undefined;
  /** Who owes the answer to what a process was asked at this time, in ms. */
  silence: (asker: string, sinceMs: number) => Silence;
}

export function watchViews(options: ViewWatchOptions): WaitForView {
  const { observer, timeline, clock, obstruction } = options;
  const note = (view: View) => {
    const last = timeline.findLast((event) => event.kind === 'view');
    if (last !== undefined && isSameView(last.view, view)) return;
    options.note({ kind: 'view', atMs: clock.now(), view });
  };
  return async (wanted, holds, deadlineMs) => {
    const what = `Expected ${wanted} within ${deadlineMs / 1000} s`;
    const deadline = watchDeadline({ deadlineMs, ...clock, obstruction });
    for (;;) {
      const { view: ask, pollMs, through } = observer();
      const askedMs = clock.now();
      const view = await ask();
      if (view !== undefined) {
        note(view);
        if (holds(view)) {
          deadline.stop();
          return view;
        }
      }
      const { ranOut } = deadline;
      if (ranOut?.kind === 'held') {
        throw new HeldByKit(`${what}, and that view did not come`, ranOut.by);
      }
      if (ranOut !== undefined) {
        const silent = view === undefined && through !== undefined;
        const account = silent ? options.silence(through, askedMs) : undefined;
        throw overdue(`${what}, but ${describe(view, account)}.`, view, timeline);
      }
      await clock.sleep(pollMs);
    }
  };
}

function overdue(says: string, view: View | undefined, timeline: readonly TimelineEvent[]): Breach {
  return breach({
    symptom: 'view-overdue',
    says,
    ...(view && { waited: { kind: 'view', view } }),
    events: timeline.filter(({ kind }) => kind !== 'fault').slice(-EVENTS_SHOWN),
  });
}

/** The state found instead of the expected view, as a clause. */
function describe(view: View | undefined, account: Silence | undefined): string {
  if (account !== undefined) return `there was no answer: ${account.says}`;
  if (view === undefined) return 'the view service did not answer';
  const { viewnum, primary, backup } = view;
  return `the view service reports view ${viewnum} with primary ${primary || 'none'} and backup ${backup || 'none'}`;
}
