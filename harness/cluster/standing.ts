/**
 * The additions to a world with standing delays: the holding of calls, the names under which
 * they count, late pings, and a cluster with extended deadlines.
 */

import { CLERKS, type CallCount, type StandingDelay } from '../faults/standing-delay.js';
import type { TimelineEvent } from '../history/timeline.js';
import { createHolding, type Holding } from '../network/holding.js';
import type { NetworkOptions } from '../network/network.js';
import type { Random } from '../ground/seed.js';
import { VIEW_SERVICE, type Cluster, type Lab } from './cluster.js';
import { lookedDead } from './ping-gap.js';
import { patient } from './extended-deadlines.js';

export interface StandingOptions {
  delays: readonly StandingDelay[];
  random: Random;
  now: () => number;
  lab: Pick<Lab, 'pingIntervalMs' | 'deadPings'>;
}

export interface Standing {
  holding: Holding;
  /** Listens to the network besides `heard`. */
  listen(heard: NetworkOptions['onDelivered']): NonNullable<NetworkOptions['onDelivered']>;
  /** The cluster as the scenario gets it. */
  around(cluster: Cluster): Cluster;
  /** How many calls of each kind there were. */
  counts(): CallCount[];
  /** One sentence if calls should have been held but none was; otherwise undefined. */
  idle(): string | undefined;
  /** Why a run that lasted so long must not be judged, as one sentence; undefined if it may be. */
  lookedDead(timeline: readonly TimelineEvent[], durationMs: number): string | undefined;
}

export function createStanding({ delays, random, now, lab }: StandingOptions): Standing {
  /** Under which name calls of a process count; the kit's own view clerks have none. */
  const callers = new Map<string, string>();
  const pings = new Map<string, number[]>();
  const holding = createHolding({ delays, random, now, callerOf: (name) => callers.get(name) });
  return {
    holding,
    listen: (heard) => (from, to, asked) => {
      heard?.(from, to, asked);
      if (to !== VIEW_SERVICE || callers.get(from) !== from) return;
      // However a ping is called, or where that cannot be read, it is what a server asks the view service for.
      if (/\bget$/i.test(asked.method ?? '')) return;
      const own = pings.get(from) ?? [];
      pings.set(from, own);
      own.push(now());
    },
    around(cluster) {
      const called = patient(cluster, latePings(delays, lab));
      return {
        ...called,
        startServer(name) {
          callers.set(name, name);
          return called.startServer(name);
        },
        clerk(name) {
          callers.set(name, CLERKS);
          return called.clerk(name);
        },
      };
    },
    counts: () => holding.counts(),
    idle() {
      if (delays.length === 0 || holding.counts().some(({ held }) => held > 0)) return undefined;
      return 'There was no call that should have been held back.';
    },
    lookedDead: (timeline, untilMs) =>
      lookedDead({ pings, timeline, untilMs, lab, heldMs: holding.heldMs }),
  };
}

/** A server that pings whatever has become of its last ping has so many of them on their way. */
function latePings(
  delays: readonly StandingDelay[],
  { pingIntervalMs }: { pingIntervalMs: number },
) {
  const longestMs = Math.max(
    0,
    ...delays.filter(({ to }) => to === VIEW_SERVICE).map(({ delayMs }) => delayMs),
  );
  return Math.ceil(longestMs / pingIntervalMs);
}
