/**
 * How fast operations were served. The first answer of each client is left out: its process is only just
 * starting then, and that time does not depend on the service.
 */

import type { Operation } from '../history/operation.js';

export interface Served {
  count: number;
  /** Ascending, in ms. */
  latenciesMs: readonly number[];
  /** The time in which at least one of them was under way, in ms; the pauses of a scenario are not in it. */
  busyMs: number;
}

/** Facts about acknowledged operations, in the order of their calls. */
export function servedBy(acknowledged: readonly Operation[]): Served {
  const started = new Set<string>();
  const spans = acknowledged.flatMap(({ client, callMs, returnMs }) => {
    if (started.has(client) && returnMs !== undefined) return [{ callMs, returnMs }];
    started.add(client);
    return [];
  });
  return {
    count: spans.length,
    latenciesMs: spans.map(({ callMs, returnMs }) => returnMs - callMs).toSorted((a, b) => a - b),
    busyMs: lengthOfUnion(spans),
  };
}

/** The latency that this share of the operations did not exceed (nearest rank); undefined without any. */
export function slowestOf({ latenciesMs }: Served, share: number): number | undefined {
  return latenciesMs[Math.ceil(share * latenciesMs.length) - 1];
}

/** The result for spans in the order of their beginning. */
function lengthOfUnion(spans: readonly { callMs: number; returnMs: number }[]): number {
  let total = 0;
  let coveredUntilMs = -Infinity;
  for (const { callMs, returnMs } of spans) {
    total += Math.max(0, returnMs - Math.max(callMs, coveredUntilMs));
    coveredUntilMs = Math.max(coveredUntilMs, returnMs);
  }
  return total;
}
