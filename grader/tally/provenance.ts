/** Where results come from, so that they can be defended: the kit, its scenarios, the machine, and how busy that was. */

import type { RunRecord } from '../../harness/index.js';
import type { Machine } from '../measured/grading-machine.js';

/** From this share of disturbed attempts on, many runs stay unknown although each is tried three times. */
const BUSY_FROM = 0.25;

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
  /** The regrades, the oldest first; absent without any. */
  regrades?: { at: string; kit: string }[];
}

/** How busy the machine was, as the runs themselves have seen it. */
export interface Load {
  /** Of all attempts, those that were unknown because the kit or the machine was too late. */
  disturbedAttempts: number;
  attempts: number;
  /** The kit's own worst lateness in a run, in ms; absent without any run. */
  lagMs?: { median: number; p99: number; worst: number };
}

/** How busy the machine was during these attempts: of all runs, those of the control arm included. */
export function loadOf(attempts: Iterable<RunRecord>): Load {
  const lags: number[] = [];
  const load = { attempts: 0, disturbedAttempts: 0 };
  for (const { cause, durationMs, lagMs } of attempts) {
    load.attempts += 1;
    if (cause === 'disturbed') load.disturbedAttempts += 1;
    // Where nothing was started, as after a build that failed, nothing could be late.
    if (durationMs > 0) lags.push(lagMs);
  }
  if (lags.length === 0) return load;
  const sorted = Float64Array.from(lags).toSorted();
  return {
    ...load,
    lagMs: { median: at(sorted, 0.5), p99: at(sorted, 0.99), worst: at(sorted, 1) },
  };
}

/** Whether so much was disturbed that rates rest on few runs, and on those that a busy machine let pass. */
export function isTooBusy({ attempts, disturbedAttempts }: Load): boolean {
  return attempts > 0 && disturbedAttempts / attempts >= BUSY_FROM;
}

/** The least of the values that this share of them does not exceed. */
function at(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
