/**
 * A cluster with standing delays on its links: every wait for it is longer by as much as the delays of
 * its calls may add up to. Times in which nothing may happen stay as they are.
 */

import { HELD_AT_MOST_MS } from '../faults/standing-delay.js';
import { DEFAULT_DEADLINE_MS, type Clerk, type Cluster, type OperationOptions } from './cluster.js';

/** `latePings`: how many pings of a server may be on their way that were asked before something happened. */
export function patient(cluster: Cluster, latePings: number): Cluster {
  return {
    ...cluster,
    clerk: (name) => patientClerk(cluster.clerk(name)),
    waitForPings: (name, count, deadlineMs) =>
      cluster.waitForPings(name, count + latePings, later(deadlineMs)),
    waitForView: (wanted, holds, deadlineMs) =>
      cluster.waitForView(wanted, holds, later(deadlineMs)),
  };
}

function patientClerk({ name, get, put, append, puthash }: Clerk): Clerk {
  return {
    name,
    get: (key, options) => get(key, laterOptions(options)),
    put: (key, value, options) => put(key, value, laterOptions(options)),
    append: (key, value, options) => append(key, value, laterOptions(options)),
    puthash: (key, value, options) => puthash(key, value, laterOptions(options)),
  };
}

function laterOptions(options: OperationOptions = {}): OperationOptions {
  // A time given to what may hang is one of listening, and not a deadline.
  if (options.mayHang === true && options.deadlineMs !== undefined) return options;
  return { ...options, deadlineMs: later(options.deadlineMs) };
}

function later(deadlineMs = DEFAULT_DEADLINE_MS): number {
  return deadlineMs + HELD_AT_MOST_MS;
}
