/** Puts things together that share a key, directly or through others. */

import { groupBy, type NonEmpty } from '../../ground/group-by.js';

/** Both the groups and what is in them in the order of the items. Every item must have a key. */
export function joinAlike<T>(
  items: readonly T[],
  keysOf: (item: T) => NonEmpty<string>,
): NonEmpty<T>[] {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    // The next search finds the root at once.
    for (let at = key; at !== root;) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const item of items) {
    const [first, ...rest] = keysOf(item).map(rootOf);
    for (const other of rest) {
      if (first !== undefined && other !== first) parents.set(other, first);
    }
  }
  return [...groupBy(items, (item) => rootOf(keysOf(item)[0])).values()];
}
