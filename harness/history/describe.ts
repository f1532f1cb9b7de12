/** Operations, values and times as phrases for people. Nothing parses these texts. */

import { commonLength } from '../ground/common-length.js';
import type { Operation } from './operation.js';
import type { View } from './timeline.js';

/** Longest preview of a value, in characters. */
const MAX_VALUE_LENGTH = 40;

/** Longest text inside a description of data, in characters. */
const MAX_TEXT_LENGTH = 24;

/** Longest description of data, in characters. */
const MAX_DATA_LENGTH = 240;

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

/** Characters shown before the place at which two values part. */
const BEFORE_PARTING = 12;

/**
 * A value of which the reader compares two: a long one is cut around the place at which it parts from `other`, and
 * that place is said: `"…c1 3 yx c2 4 y…" (1,234 bytes, from character 301 on)`.
 */
export function previewApart(value: string | undefined, other: string | undefined): string {
  const text = value ?? '';
  const from = commonLength(text, other ?? '') - BEFORE_PARTING;
  const isCutBefore = text.length > MAX_VALUE_LENGTH && from > BEFORE_PARTING;
  if (!isCutBefore) return previewValue(text);
  const until = from + MAX_VALUE_LENGTH;
  const piece = `…${text.slice(from, until)}${until < text.length ? '…' : ''}`;
  return `${JSON.stringify(piece)} (${inDigits(Buffer.byteLength(text))} bytes, from character ${inDigits(from + 1)} on)`;
}

/** A key as it is, or as a value if it is long or has anything but plain characters. */
export function previewKey(key: string): string {
  return /^[\w.:/-]{1,40}$/.test(key) ? key : previewValue(key);
}

/** Plain data on one line, such as `{key: "a", value: "1"}`; long texts are cut, and so is all of it. */
export function describeData(data: unknown): string {
  return cut(phrase(data), MAX_DATA_LENGTH);
}

function phrase(data: unknown): string {
  if (typeof data === 'string') return JSON.stringify(cut(data, MAX_TEXT_LENGTH));
  if (Array.isArray(data)) return `[${data.map(phrase).join(', ')}]`;
  if (typeof data !== 'object' || data === null) return String(data);
  const fields = Object.entries(data).map(
    ([name, value]) => `${previewKey(name)}: ${phrase(value)}`,
  );
  return `{${fields.join(', ')}}`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/** A text of at most `length` characters; a longer one is cut, and its size in bytes added. */
export function shorten(
  text: string,
  length: number,
  show: (part: string) => string = (part) => part,
): string {
  if (text.length <= length) return show(text);
  return `${show(`${text.slice(0, length)}…`)} (${inDigits(Buffer.byteLength(text))} bytes)`;
}

function inDigits(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A view as a phrase, such as `view 2 (primary pb1, backup none)`. */
export function describeView({ viewnum, primary, backup }: View): string {
  return `view ${viewnum} (primary ${primary || 'none'}, backup ${backup || 'none'})`;
}

/** A time such as `1312 ms`, or `3.5 ms`. */
export function describeMs(ms: number): string {
  return `${Number(ms.toFixed(ms < 100 ? 1 : 0))} ms`;
}
