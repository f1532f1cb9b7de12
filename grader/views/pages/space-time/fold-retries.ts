/** Folds repeated calls: if a program made a call over and over with the same end, one call is drawn. */

import type { TracedCall } from '../../../../harness/index.js';

/** Fewer calls in a row than this are not folded. */
const MANY = 3;

/** The calls in order of time; the first of several like calls in a row on one link represents them all. */
export function foldRetries(calls: readonly TracedCall[]): TracedCall[] {
  const rows = new Map<TracedCall, TracedCall[]>();
  const latest = new Map<string, TracedCall>();
  for (const call of calls) {
    const link = `${call.from}>${call.to}`;
    const first = latest.get(link);
    if (first !== undefined && isAlike(first, call)) rows.get(first)?.push(call);
    else {
      latest.set(link, call);
      rows.set(call, [call]);
    }
  }
  return [...rows]
    .flatMap(([first, row]) => (row.length < MANY ? row : [asOne(first, row)]))
    .toSorted((a, b) => a.startMs - b.startMs);
}

function isAlike(one: TracedCall, other: TracedCall): boolean {
  return (
    one.method === other.method &&
    one.ending === other.ending &&
    one.error === other.error &&
    one.fault === other.fault &&
    one.reached === other.reached
  );
}

function asOne(first: TracedCall, row: readonly TracedCall[]): TracedCall {
  const last = row.at(-1) ?? first;
  const times = row.reduce((sum, { again }) => sum + 1 + (again?.times ?? 0), 0) - 1;
  return {
    ...first,
    again: {
      times,
      lastNumber: last.again?.lastNumber ?? last.number,
      untilMs: last.again?.untilMs ?? last.endMs ?? last.startMs,
    },
  };
}
