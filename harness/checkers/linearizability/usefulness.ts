/** Which writes any read can have seen. The others cannot help to explain a read. */

import type { PrefixIndex } from './prefixes.js';

/** Work, in characters looked at, that the search for appended values may cost before it is given up. */
const MAX_WORK = 50_000_000;

/** Whether a read can have seen the write. */
export type Usefulness = (write: Write) => boolean;

interface Write {
  op: string;
  value?: string;
}

/**
 * Tells whether some read value begins with what a put wrote, or contains what an append wrote. Where
 * finding that out would cost too much the answer is yes. An append of "" is never useful.
 */
export function createUsefulness(index: PrefixIndex, writes: readonly Write[]): Usefulness {
  // A value does not show what a puthash has hashed.
  if (writes.some(({ op }) => op === 'puthash')) return () => true;
  const contained = findContained(index, writes);
  return ({ op, value = '' }) => {
    if (op !== 'put') return contained === undefined ? value !== '' : contained.has(value);
    const { low, high } = index.extend(index.empty, value);
    return low <= high;
  };
}

/** The appended values that stand somewhere in a read value; undefined if that costs too much. */
function findContained(index: PrefixIndex, writes: readonly Write[]): Set<string> | undefined {
  // A value that another one begins with holds nothing that the other does not hold.
  const longest = index.values.filter((value, at) => !index.values[at + 1]?.startsWith(value));
  const wanted = byLength(writes);
  const characters = longest.reduce((sum, value) => sum + value.length, 0);
  const lengths = [...wanted.keys()].reduce((sum, length) => sum + length, 0);
  if (characters * lengths > MAX_WORK) return undefined;
  const found = new Set<string>();
  for (const value of longest) {
    for (const [length, parts] of wanted) collect(value, length, parts, found);
  }
  return found;
}

function collect(value: string, length: number, parts: Set<string>, found: Set<string>): void {
  for (let at = 0; at + length <= value.length; at += 1) {
    const part = value.slice(at, at + length);
    if (parts.has(part)) found.add(part);
  }
}

function byLength(writes: readonly Write[]): Map<number, Set<string>> {
  const groups = new Map<number, Set<string>>();
  for (const { op, value = '' } of writes) {
    if (op !== 'append' || value === '') continue;
    const group = groups.get(value.length) ?? new Set();
    groups.set(value.length, group.add(value));
  }
  return groups;
}
