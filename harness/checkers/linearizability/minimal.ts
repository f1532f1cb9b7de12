/** Smallest parts of a list that still have a property. */

/**
 * A part of `items` that has the property and loses it if any one item is left out, found with about
 * k·log(n/k) questions for a part of k items (QuickXplain, Junker 2004). Items in front are preferred.
 * `holds` must be true of all items together, and stay true when items are added. Where it says false
 * only because it ran out of budget, or once `isLate`, the part still has the property but may not be
 * minimal.
 */
export function minimalPart<T>(
  items: readonly T[],
  holds: (part: readonly T[]) => boolean,
  isLate: () => boolean = () => false,
): T[] {
  const narrow = (base: readonly T[], changed: boolean, rest: readonly T[]): T[] => {
    if (changed && holds(base)) return [];
    if (rest.length <= 1 || isLate()) return [...rest];
    const half = rest.length >> 1;
    const [front, back] = [rest.slice(0, half), rest.slice(half)];
    const fromBack = narrow([...base, ...front], true, back);
    const fromFront = narrow([...base, ...fromBack], fromBack.length > 0, front);
    return [...fromFront, ...fromBack];
  };
  return items.length === 0 || holds([]) ? [] : narrow([], false, items);
}
