/** Counts at places 0..size-1 whose sum over a range is cheap: a Fenwick tree (Fenwick 1994). */

export interface Counter {
  /** The sum over all places. */
  readonly total: number;
  add(place: number, amount: number): void;
  /** The sum over low..high, both included; 0 for an empty range. */
  sum(low: number, high: number): number;
}

export function createCounter(size: number): Counter {
  const tree = new Int32Array(size + 1);
  let total = 0;
  const upTo = (place: number) => {
    let sum = 0;
    for (let at = place + 1; at > 0; at &= at - 1) sum += tree[at] ?? 0;
    return sum;
  };
  return {
    get total() {
      return total;
    },
    add(place, amount) {
      total += amount;
      for (let at = place + 1; at <= size; at += at & -at) tree[at] = (tree[at] ?? 0) + amount;
    },
    sum: (low, high) => (high < low ? 0 : upTo(high) - upTo(low - 1)),
  };
}
