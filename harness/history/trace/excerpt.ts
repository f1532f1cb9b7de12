/**
 * Plain data cut to what a person reads: what a call was asked and answered may be a whole database. The
 * result can be written as JSON.
 */

import { shorten } from '../describe.js';

/** Longest text that is left whole, in characters. */
const MAX_TEXT_LENGTH = 200;

/** Most entries of an object or an array. */
const MAX_ENTRIES = 12;

/** Objects and arrays that lie deeper are only counted. */
const MAX_DEPTH = 6;

/** Stands for the entries that were left out. */
const REST = '…';

export function excerpt(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return shorten(value, MAX_TEXT_LENGTH);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return excerptArray(value, depth);
  return excerptObject(value, depth);
}

function excerptArray(values: readonly unknown[], depth: number): unknown {
  if (depth === MAX_DEPTH) return `${REST} (${values.length} entries)`;
  const kept = values.slice(0, MAX_ENTRIES).map((value) => excerpt(value, depth + 1));
  const left = values.length - kept.length;
  return left === 0 ? kept : [...kept, `${REST} (${left} more)`];
}

function excerptObject(value: object, depth: number): unknown {
  const entries = Object.entries(value);
  if (depth === MAX_DEPTH) return `${REST} (${entries.length} entries)`;
  const kept = entries
    .slice(0, MAX_ENTRIES)
    .map(([key, one]) => [shorten(key, MAX_TEXT_LENGTH), excerpt(one, depth + 1)]);
  const left = entries.length - kept.length;
  return Object.fromEntries(left === 0 ? kept : [...kept, [REST, `${left} more`]]);
}
