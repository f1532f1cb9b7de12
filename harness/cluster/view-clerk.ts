/**
 * A client of the view service with which a scenario plays a server: each ping and each view that it is
 * told goes into the lane of views, as those of real servers do.
 */

import type { Clock } from '../clock.js';
import type { ViewLane } from '../history/view-lane.js';
import { breach } from './breach.js';
import type { ViewClerk } from './cluster.js';
import type { ViewSource } from './view-source.js';

/** How long the news that the view service has ended may take, in ms; it says more than a failed ping. */
const NEWS_MS = 100;

/** A client that pings in the name `as`. */
export function createViewClerk(
  as: string,
  source: ViewSource,
  { lane, clock }: { lane: ViewLane; clock: Clock },
): ViewClerk {
  return {
    name: as,
    async ping(viewnum) {
      const askedMs = clock.now();
      lane.pinged(as, viewnum);
      const view = await source.ping(as, viewnum);
      if (view === undefined) {
        await clock.sleep(NEWS_MS);
        throw silent(as, viewnum);
      }
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
