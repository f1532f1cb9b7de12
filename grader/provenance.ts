/** Where results come from, so that they can be defended: the kit, its scenarios, the machine, and how busy that was. */

import type { Machine } from './machine.js';

export interface Provenance {
  /** The version of the kit that made the plan. */
  kit: string;
  /** ISO 8601, UTC. */
  plannedAt: string;
  /** When the results were put together; ISO 8601, UTC. */
  createdAt: string;
  seed: string;
  /** Versions of the scenarios by their ids. */
  scenarios: Record<string, string>;
  machine: Machine;
  load: Load;
}

/** How busy the machine was, as the runs themselves have seen it. */
export interface Load {
  /** Of all attempts, those that were unknown because the kit or the machine was too late. */
  disturbedAttempts: number;
  attempts: number;
  /** The kit's own worst lateness in a run, in ms; absent without any run. */
  lagMs?: { median: number; p99: number; worst: number };
}
