/**
 * The contract of a nemesis: a seeded schedule of strikes on the servers of a cluster. It strikes one
 * victim at a time, and only when the cluster has got over the last strike, so that a correct
 * submission always keeps one server with all its data. (The unreliable network decides call by call
 * and is therefore a fault: `faults/unreliable.ts`.)
 */

import type { Cluster } from '../cluster/cluster.js';
import type { Random } from '../ground/seed.js';

/** How a nemesis knows that the cluster has got over a strike; the scenario says what that means. */
export interface Aftermath {
  /**
   * Resolves when the view service has replaced the victim, in whatever role it was. For a frozen victim
   * it resolves without that after a time, because then no change of view can be demanded.
   */
  replaced(victim: string): Promise<void>;
  /** Resolves when a fault that need not change the view has lasted for a while. */
  lasted(): Promise<void>;
  /** Resolves when the view is settled, so that the next strike cannot hit the last copy. */
  settled(): Promise<void>;
}

/** The action of a nemesis on a cluster. */
export type Strikes = Pick<
  Cluster,
  'kill' | 'restart' | 'pause' | 'resume' | 'install' | 'serverLinks'
>;

export interface Nemesis {
  name: string;
  /** One strike on one victim, with all that belongs to it; resolves when the cluster is over it. */
  strike(cluster: Strikes, victim: string, aftermath: Aftermath): Promise<void>;
}

export interface Schedule {
  /** Servers that may be struck. */
  victims: readonly string[];
  strikes: number;
  random: Random;
  aftermath: Aftermath;
}

/** Strikes as often as the schedule says, one random victim after the other. */
export async function unleash(
  nemesis: Nemesis,
  cluster: Strikes,
  { victims, strikes, random, aftermath }: Schedule,
): Promise<void> {
  for (let n = 0; n < strikes; n++) {
    await nemesis.strike(cluster, random.pick(victims), aftermath);
  }
}
