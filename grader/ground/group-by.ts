/** Groups a list by a key; Node 20 lacks `Map.groupBy`. */

/** A list with at least one item. */
export type NonEmpty<T> = [T, ...T[]];

/** Key → its items in their order; keys in the order in which they first appear. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, NonEmpty<T>> {
  const groups = new Map<K, NonEmpty<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
