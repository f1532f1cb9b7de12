/**
 * How hard a history was: how much its operations overlapped. Operations that follow each other leave
 * an implementation no choice, so a pass without overlaps proves little.
 */

import { spanOfRead, spanOfWrite, type Span } from './span.js';
import type { KeyOperations } from './decide.js';

export interface Overlap {
  /** Most operations under way on one key at one moment. */
  most: number;
  /** Pairs of operations on the same key. */
  pairs: number;
  /** Those of them that overlap. */
  overlapping: number;
}

export function measureOverlap(keys: readonly KeyOperations[]): Overlap {
  const total: Overlap = { most: 0, pairs: 0, overlapping: 0 };
  for (const { reads, writes } of keys) {
    const posed = writes.map((operation) => ({ operation, relaxed: false }));
    addKey([...reads.map(spanOfRead), ...posed.map(spanOfWrite)], total);
  }
  return total;
}

function addKey(spans: readonly Span[], total: Overlap): void {
  const calls = Float64Array.from(spans, ({ call }) => call).toSorted();
  const returns = Float64Array.from(spans, (span) => span.return).toSorted();
  let returned = 0;
  calls.forEach((call, called) => {
    while ((returns[returned] ?? Number.POSITIVE_INFINITY) < call) returned += 1;
    // Those called before this one, less those that had returned.
    const underWay = called - returned;
    total.pairs += called;
    total.overlapping += underWay;
    total.most = Math.max(total.most, underWay + 1);
  });
}
