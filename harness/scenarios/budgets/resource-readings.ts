/** Reads the resources of the processes of a cluster several times, while no operation is in progress. */

import type { Cluster, ResourceUse } from '../../cluster/cluster.js';
import { Untested } from '../stage/endings.js';
import type { Track } from './growth.js';

export interface Meter {
  /** Reads all processes; `at` is what was done before. */
  read(at: number): Promise<void>;
  tracks(): Track[];
}

/** Readings of which the lowest counts: a ping that is under way has a connection, and perhaps a thread. */
const LOOKS = 3;

/** `pinging` is a server whose pings give the time between the looks. */
export function createMeter(
  cluster: Cluster,
  processes: readonly string[],
  pinging: string,
): Meter {
  const at: number[] = [];
  const readings = new Map<string, ResourceUse[]>(processes.map((name) => [name, []]));
  return {
    async read(done) {
      const lowest = new Map<string, ResourceUse>();
      for (let look = 0; look < LOOKS; look++) {
        await cluster.waitForPings(pinging, 1);
        for (const name of processes) {
          const seen = cluster.resources(name);
          lowest.set(name, lower(lowest.get(name) ?? seen, seen));
        }
      }
      at.push(done);
      for (const [name, seen] of lowest) {
        if (seen.descriptors === 0) {
          throw new Untested(`The kit could not read what ${name} holds open on this machine.`);
        }
        readings.get(name)?.push(seen);
      }
    },
    tracks: () => [...readings].map(([process, seen]) => ({ process, at, readings: seen })),
  };
}

/** The least of each; of processor time, which only grows, the earlier. */
function lower(a: ResourceUse, b: ResourceUse): ResourceUse {
  return {
    descriptors: Math.min(a.descriptors, b.descriptors),
    threads: Math.min(a.threads, b.threads),
    memoryBytes: Math.min(a.memoryBytes, b.memoryBytes),
    cpuMs: Math.min(a.cpuMs, b.cpuMs),
  };
}
