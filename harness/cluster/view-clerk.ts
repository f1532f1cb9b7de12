/**
 * A client of the view service with which a scenario plays a server: each ping and each view that it is
 * told goes into the lane of views, as those of real servers do.
 */

import type { Clock } from '../clock.js';
import type { ViewLane } from '../history/view-lane.js';
import { breach } from './breach.js';
import { VIEW_SERVICE, type ViewClerk } from './cluster.js';
import type { Silence } from './silence.js';
import type { ViewSource } from './view-source.js';

/** How long the news that the view service has ended may take, in ms; it says more than a failed ping. */
const NEWS_MS = 100;

export interface ViewClerkOptions {
  lane: ViewLane;
  clock: Clock;
  /** Who owes the answer to what a process was asked at this time, in ms. */
  silence: (asker: string, sinceMs: number) => Silence;
}

/** A client that pings in the name `as`. */
export function createViewClerk(
  as: string,
  source: ViewSource,
  { lane, clock, silence }: ViewClerkOptions,
): ViewClerk {
  return {
    name: as,
    async ping(viewnum) {
      const askedMs = clock.now();
      lane.pinged(as, viewnum);
      const view = await source.ping(as, viewnum);
      if (view === undefined) {
        await clock.sleep(NEWS_MS);
        throw unanswered(as, viewnum, source.through && silence(source.through, askedMs));
      }
      lane.told(as, view, askedMs);
      return view;
    },
    view: () => source.view(),
  };
}

/** Through a clerk process the ping may never have come to the view service, or its answer not to us. */
function unanswered(as: string, viewnum: number, account: Silence | undefined | '') {
  const ping = `a ping of ${as} with number ${viewnum}`;
  const isClerk = account && account.owner !== VIEW_SERVICE;
  return breach({
    class: 'liveness',
    rule: isClerk ? 'kit-clerk' : 'kit-process',
    symptom: isClerk ? 'clerk-silent' : 'view-service-silent',
    says: isClerk
      ? `The clerk process did not answer when it was asked for ${ping}: ${account.says}.`
      : `The view service did not answer ${ping}${account ? `: ${account.says}` : ''}.`,
  });
}
