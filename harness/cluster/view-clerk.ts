/**
 * A client of the view service with which a scenario plays a server: each ping and each view that it is
 * told goes into the lane of views, as those of real servers do.
 */

import type { ViewLane } from '../history/view-lane.js';
import { breach } from './breach.js';
import type { ViewClerk } from './cluster.js';
import type { ViewSource } from './view-source.js';

/** A client that pings in the name `as`; `now` gives the time since the start of the run, in ms. */
export function createViewClerk(
  as: string,
  source: ViewSource,
  { lane, now }: { lane: ViewLane; now: () => number },
): ViewClerk {
  return {
    name: as,
    async ping(viewnum) {
      const askedMs = now();
      lane.pinged(as, viewnum);
      const view = await source.ping(as, viewnum);
      if (view === undefined) throw silent(as, viewnum);
      lane.told(as, view, askedMs);
      return view;
    },
    view: () => source.view(),
  };
}

function silent(as: string, viewnum: number) {
  return breach({
    class: 'liveness',
    rule: 'kit-process',
    symptom: 'view-service-silent',
    says: `The view service did not answer a ping of ${as} with number ${viewnum}.`,
  });
}
