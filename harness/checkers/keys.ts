/** Histories taken apart by key. */

import type { History, Operation } from '../history/operation.js';

/** The operations of each key, in the order of the history. */
export function groupByKey(history: History): Map<string, Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of history) {
    const group = groups.get(operation.key);
    if (group === undefined) groups.set(operation.key, [operation]);
    else group.push(operation);
  }
  return groups;
}
