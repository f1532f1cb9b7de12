/**
 * A client of the view service with which a scenario plays a server: each ping and each view that it is
 * told goes into the lane of views, as those of real servers do.
 */

import type { Clock } from '../ground/clock.js';
import type { ViewLane } from '../history/view-lane.js';
import { breach } from './contract-broken.js';
import { VIEW_SERVICE, type ViewClerk } from './cluster.js';
import type { Silence } from './owed-answer.js';
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
      if (view === undefined || 'error' in view) {
        await clock.sleep(NEWS_MS);
        throw unanswered(`a ping of ${as} with number ${viewnum}`, {
          error: view?.error,
          account: source.through && silence(source.through, askedMs),
        });
      }
      lane.told(as, view, askedMs);
      return view;
    },
    view: () => source.view(),
  };
}

interface Unanswered {
  /** The answer of the clerk process that was not a view. */
  error: string | undefined;
  /** Who owed the answer; absent where the kit has asked the view service itself. */
  account: Silence | undefined | '';
}

/** A clerk process may have kept the ping, or its answer, to itself; one that says it failed has been failed. */
function unanswered(ping: string, { error, account }: Unanswered) {
  const said = error === undefined ? [] : [`the clerk process says ${JSON.stringify(error)}`];
  const why = [...said, ...(account ? [account.says] : [])].join('; ');
  const isClerk = error === undefined && account && account.owner !== VIEW_SERVICE;
  const who = isClerk ? 'The clerk process' : 'The view service';
  return breach({
    rule: isClerk ? 'kit-clerk' : 'kit-process',
    symptom: isClerk ? 'clerk-silent' : 'view-service-silent',
    says: `${who} did not answer ${ping}${why === '' ? '' : `: ${why}`}.`,
  });
}
