/** Smallest parts of a list that still have a property. */

/**
 * A part of `items` that has the property and loses it if any one item is left out, found with about
 * k·log(n/k) questions for a part of k items (QuickXplain, Junker 2004). Items in front are preferred.
 * `holds` must be true of all items together, and stay true when items are added; where it says false
 * only because it ran out of budget, the part still has the property but may not be minimal.
 */
export function minimalPart<T>(items: readonly T[], holds: (part: readonly T[]) => boolean): T[] {
  return items.length === 0 || holds([]) ? [] : narrow([], false, items, holds);
}

/** The least of `items` that must join `base`; the two together have the property. */
function narrow<T>(
  base: readonly T[],
  changed: boolean,
  items: readonly T[],
  holds: (part: readonly T[]) => boolean,
): T[] {
  if (changed && holds(base)) return [];
  if (items.length <= 1) return [...items];
  const half = items.length >> 1;
  const [front, back] = [items.slice(0, half), items.slice(half)];
  const fromBack = narrow([...base, ...front], true, back, holds);
  const fromFront = narrow([...base, ...fromBack], fromBack.length > 0, front, holds);
  return [...fromFront, ...fromBack];
}
