/** Operations, values and times as phrases for people. Nothing parses these texts. */

import type { Operation } from './operation.js';
import type { View } from './timeline.js';

/** Longest preview of a value, in characters. */
const MAX_VALUE_LENGTH = 40;

/** An operation as a phrase, such as `c1's append of "b" to k1`. */
export function describeOperation(operation: Operation): string {
  const { client, op, key, value, outcome } = operation;
  if (op !== 'get') return `${client}'s ${op} of ${previewValue(value)} to ${previewKey(key)}`;
  if (outcome !== 'ok') return `${client}'s get of ${previewKey(key)}`;
  return `${client}'s get of ${previewKey(key)}, which returned ${previewValue(value)}`;
}

/** A value in quotes, escaped; a long one is cut and its size given: `"abc…" (1,234 bytes)`. */
export function previewValue(value: string | undefined): string {
  return shorten(value ?? '', MAX_VALUE_LENGTH, JSON.stringify);
}

/** A key as it is, or as a value if it is long or has anything but plain characters. */
export function previewKey(key: string): string {
  return /^[\w.:/-]{1,40}$/.test(key) ? key : previewValue(key);
}

/** A text of at most `length` characters; a longer one is cut, and its size in bytes added. */
export function shorten(
  text: string,
  length: number,
  show: (part: string) => string = (part) => part,
): string {
  if (text.length <= length) return show(text);
  const bytes = String(Buffer.byteLength(text)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${show(`${text.slice(0, length)}…`)} (${bytes} bytes)`;
}

/** A view as a phrase, such as `view 2 (primary pb1, backup none)`. */
export function describeView({ viewnum, primary, backup }: View): string {
  return `view ${viewnum} (primary ${primary || 'none'}, backup ${backup || 'none'})`;
}

/** A time such as `1312 ms`, or `3.5 ms`. */
export function describeMs(ms: number): string {
  return `${Number(ms.toFixed(ms < 100 ? 1 : 0))} ms`;
}
