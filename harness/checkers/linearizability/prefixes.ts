/**
 * The values that reads returned, sorted, so that "all values that begin with this text" is a range.
 * A register with append is then never held as a text: its state is a range and a length. Two states
 * with the same range start and length are the same text, exactly, without hashing.
 */

/** The values low..high (both included) share their first `length` characters; empty if high < low. */
export interface Prefix {
  low: number;
  high: number;
  length: number;
}

export interface PrefixIndex {
  /** Distinct, in the order of UTF-16 units. */
  values: readonly string[];
  /** The empty text, with which all values begin. */
  empty: Prefix;
  /** The prefix followed by `text`: a part of the same range. */
  extend(prefix: Prefix, text: string): Prefix;
  /** The value that is the prefix itself; -1 if none is. */
  exact(prefix: Prefix): number;
  /** Place of one of the values. */
  indexOf(value: string): number;
}

export function indexPrefixes(texts: Iterable<string>): PrefixIndex {
  const values = [...new Set(texts)].toSorted((a, b) => (a < b ? -1 : 1));
  const places = new Map(values.map((value, index) => [value, index]));
  return {
    values,
    empty: { low: 0, high: values.length - 1, length: 0 },
    extend: (prefix, text) => extend(values, prefix, text),
    // A text sorts before all longer ones that begin with it.
    exact: ({ low, high, length }) => (low <= high && values[low]?.length === length ? low : -1),
    indexOf: (value) => places.get(value) ?? -1,
  };
}

function extend(values: readonly string[], prefix: Prefix, text: string): Prefix {
  const length = prefix.length + text.length;
  if (prefix.low === prefix.high) {
    const fits = values[prefix.low]?.startsWith(text, prefix.length) ?? false;
    return fits ? { ...prefix, length } : { low: 0, high: -1, length };
  }
  const low = firstWhere(values, prefix, text.length, (part) => part >= text);
  if (!(values[low]?.startsWith(text, prefix.length) ?? false) || low > prefix.high) {
    return { low: 0, high: -1, length };
  }
  const rest = { low, high: prefix.high, length: prefix.length };
  return { low, high: firstWhere(values, rest, text.length, (part) => part > text) - 1, length };
}

/** The first value of the range whose next `width` characters pass; one past the range if none do. */
function firstWhere(
  values: readonly string[],
  range: Prefix,
  width: number,
  passes: (part: string) => boolean,
): number {
  let from = range.low;
  let to = range.high + 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    const part = values[middle]?.slice(range.length, range.length + width) ?? '';
    if (passes(part)) to = middle;
    else from = middle + 1;
  }
  return from;
}
