/** The origin of results, so that they can be defended: the kit, its scenarios, the machine, and how busy it was. */

import { z } from 'zod';
import type { RunRecord } from '../../harness/index.js';
import { AMOUNT, COUNT, openObject, TEXT } from '../ground/schemas.js';
import { MACHINE } from '../measured/grading-machine.js';
import type { Plan } from '../plan/plan.js';

/** From this share of disturbed attempts on, many runs stay unknown although each is tried three times. */
const BUSY_FROM = 0.25;

export const LOAD = openObject({
  /** Attempts that were unknown because the kit or the machine was too late. */
  disturbedAttempts: COUNT,
  attempts: COUNT,
  /** The kit's own worst lateness in a run, in ms; absent without any run. */
  lagMs: openObject({ median: AMOUNT, p99: AMOUNT, worst: AMOUNT }).exactOptional(),
});

export const PROVENANCE = openObject({
  /** The version of the kit that made the plan. */
  kit: TEXT,
  /** ISO 8601, UTC. */
  plannedAt: z.iso.datetime(),
  /** When the results were generated; ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  seed: TEXT,
  /** Versions of the scenarios by their ids. */
  scenarios: z.record(z.string(), TEXT),
  machine: MACHINE,
  load: LOAD,
  /** The regrades, the oldest first; absent without any. */
  regrades: z.array(openObject({ at: z.iso.datetime(), kit: TEXT })).exactOptional(),
});

/** How busy the machine was, as the runs themselves have seen it. */
export type Load = z.infer<typeof LOAD>;
export type Provenance = z.infer<typeof PROVENANCE>;

/** The provenance of results that follow from a plan. */
export function provenanceOf(
  { kit, createdAt: plannedAt, seed, scenarios, revisions }: Plan,
  { createdAt, machine, load }: Pick<Provenance, 'createdAt' | 'machine' | 'load'>,
): Provenance {
  return {
    kit,
    plannedAt,
    createdAt,
    seed,
    scenarios: Object.fromEntries(scenarios.map(({ id, version = '1' }) => [id, version])),
    machine,
    load,
    ...(revisions === undefined
      ? {}
      : { regrades: revisions.map(({ at, kit: by }) => ({ at, kit: by })) }),
  };
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
    lagMs: {
      median: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      worst: quantile(sorted, 1),
    },
  };
}

/** Whether so much was disturbed that rates rest on few runs, and on those that a busy machine let pass. */
export function isTooBusy({ attempts, disturbedAttempts }: Load): boolean {
  return attempts > 0 && disturbedAttempts / attempts >= BUSY_FROM;
}

/** The least of the values that this share of them does not exceed. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
