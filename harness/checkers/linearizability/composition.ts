/** Whether a value is made of what was written at all, each write used as often as one likes. */

import type { Operation } from '../../history/operation.js';

export type KeyWrites = readonly Operation[];

/** True if the value is "" or a put's value, followed by values of appends. */
export function canBeMade(value: string, writes: KeyWrites): boolean {
  const appends = byLength(writes.filter(({ op }) => op === 'append'));
  const reached = new Uint8Array(value.length + 1);
  reached[0] = 1;
  for (const { op, value: start = '' } of writes) {
    if (op === 'put' && value.startsWith(start)) reached[start.length] = 1;
  }
  for (let at = 0; at < value.length; at += 1) {
    if (reached[at] !== 1) continue;
    for (const [length, values] of appends) {
      if (at + length <= value.length && values.has(value.slice(at, at + length))) {
        reached[at + length] = 1;
      }
    }
  }
  return reached[value.length] === 1;
}

function byLength(appends: KeyWrites): Map<number, Set<string>> {
  const groups = new Map<number, Set<string>>();
  for (const { value = '' } of appends) {
    const group = groups.get(value.length) ?? new Set();
    groups.set(value.length, group.add(value));
  }
  return groups;
}
