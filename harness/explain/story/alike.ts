/** Folds calls that were made again and again into the first of them: a hundred retries are one line. */

import type { TracedCall } from '../../history/trace.js';

interface Weighed {
  call: TracedCall;
  weight: number;
}

/** Equal calls of a link that follow each other become one, which says how many there were. */
export function foldAlike(calls: readonly Weighed[]): Weighed[] {
  const folded: Weighed[] = [];
  /** Where the last one of each link is. */
  const places = new Map<string, number>();
  for (const { call, weight } of calls) {
    const link = `${call.from}>${call.to}`;
    const place = places.get(link);
    const before = place === undefined ? undefined : folded[place];
    if (place !== undefined && before !== undefined && isAlike(before.call, call)) {
      folded[place] = { weight, call: withRepeat(before.call, call) };
    } else {
      places.set(link, folded.length);
      folded.push({ call, weight });
    }
  }
  return folded;
}

function isAlike(one: TracedCall, other: TracedCall): boolean {
  return essence(one) === essence(other);
}

/** All but the times and the number. */
function essence({ method, args, result, error, ending, fault, reached, operation }: TracedCall) {
  return JSON.stringify({ method, args, result, error, ending, fault, reached, operation });
}

function withRepeat(first: TracedCall, again: TracedCall): TracedCall {
  const times = (first.again?.times ?? 0) + 1;
  const { number, startMs, endMs = startMs } = again;
  return { ...first, again: { times, lastNumber: number, untilMs: endMs } };
}
