/**
 * The plainest contradiction of a key that is only put and read: a read of a value that had been overwritten. A put
 * was asked for after all puts of that value had returned, and done before the read was asked for.
 */

import type { Operation } from '../../history/operation.js';
import { readValue } from './problem.js';
import { spanOfWrite } from './span.js';

/** Puts of one value in the order of calls. */
interface Sources {
  calls: number[];
  /** For each put, the put that returns last among those up to it. */
  lasts: Operation[];
}

/** The first such read, with the put that it misses and, if there was one, the last put of what it returned. */
export function findOverwritten(
  reads: readonly Operation[],
  writes: readonly Operation[],
): Operation[] | undefined {
  if (writes.some(({ op }) => op !== 'put')) return undefined;
  const inTime = writes.toSorted((a, b) => a.callMs - b.callMs);
  const sources = indexSources(inTime);
  const calls = inTime.map(({ callMs }) => callMs);
  const firstDone = firstDoneFromEach(inTime);
  for (const read of reads.toSorted((a, b) => endOf(a) - endOf(b))) {
    const own = sources.get(readValue(read));
    const last = own?.lasts[countUpTo(own.calls, read.returnMs ?? read.callMs) - 1];
    // A value that no put can have written is another contradiction; "" was there before all puts.
    if (last === undefined && readValue(read) !== '') continue;
    const missed = firstDone[last === undefined ? 0 : countUpTo(calls, endOf(last))];
    if (missed === undefined || endOf(missed) >= read.callMs) continue;
    return last === undefined ? [missed, read] : [last, missed, read];
  }
  return undefined;
}

function indexSources(writes: readonly Operation[]): ReadonlyMap<string, Sources> {
  const sources = new Map<string, Sources>();
  for (const write of writes) {
    const value = write.value ?? '';
    const own = sources.get(value) ?? { calls: [], lasts: [] };
    const before = own.lasts.at(-1);
    own.calls.push(write.callMs);
    own.lasts.push(before === undefined || endOf(write) > endOf(before) ? write : before);
    sources.set(value, own);
  }
  return sources;
}

/** For each write, the write that is done first among those from it on. */
function firstDoneFromEach(writes: readonly Operation[]): Operation[] {
  const first: Operation[] = [];
  for (const write of writes.toReversed()) {
    const after = first.at(-1);
    first.push(after === undefined || endOf(write) < endOf(after) ? write : after);
  }
  return first.toReversed();
}

function endOf(operation: Operation): number {
  if (operation.op === 'get') return operation.returnMs ?? Number.POSITIVE_INFINITY;
  return spanOfWrite({ operation, relaxed: false }).return;
}

/** How many of ascending numbers are at most this one. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let from = 0;
  let to = numbers.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? limit) <= limit) from = middle + 1;
    else to = middle;
  }
  return from;
}
