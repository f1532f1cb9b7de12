/** Tells who believed what: a line for each view, with the times at which each process went by it. */

import type { Belief } from '../../history/beliefs.js';
import type { View } from '../../history/timeline.js';
import { isSameView } from '../../history/view-lane.js';

/** Most views shown for one failure; of more views the last ones are shown. */
const MAX_VIEWS = 8;

/** Most processes named of one view; of more, the first ones are. */
const MAX_BELIEVERS = 10;

/** Pairs such as `view 2` and `primary pb1, backup pb2, believed by pb1 753–1205 ms, pb2 from 700 ms`. */
export function describeBeliefs(beliefs: readonly Belief[]): (readonly [string, string])[] {
  return byView(beliefs)
    .slice(-MAX_VIEWS)
    .map(({ view, believed }) => [
      `view ${view.viewnum}`,
      `${describeMembers(view)}, believed by ${describeBelievers(believed)}`,
    ]);
}

/** In the order in which they were first believed. */
function byView(beliefs: readonly Belief[]): { view: View; believed: Belief[] }[] {
  const views: { view: View; believed: Belief[] }[] = [];
  for (const belief of beliefs) {
    const known = views.find(({ view }) => isSameView(view, belief.view));
    if (known === undefined) views.push({ view: belief.view, believed: [belief] });
    else known.believed.push(belief);
  }
  return views;
}

function describeMembers({ primary, backup }: View): string {
  return `primary ${primary || 'none'}, backup ${backup || 'none'}`;
}

function describeBelievers(believed: readonly Belief[]): string {
  const named = believed.slice(0, MAX_BELIEVERS).map(describeBelief);
  const left = believed.length - named.length;
  return [...named, ...(left === 0 ? [] : [`and ${left} more`])].join(', ');
}

function describeBelief({ process, fromMs, untilMs }: Belief): string {
  const from = Math.round(fromMs);
  return untilMs === undefined
    ? `${process} from ${from} ms`
    : `${process} ${from}–${Math.round(untilMs)} ms`;
}
