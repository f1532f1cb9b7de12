/**
 * Lets records share what is equal in them: the names, seeds and reasons that hundreds of thousands of records of
 * a class have in common would otherwise be in memory once for each.
 */

import type { RunRecord } from '../harness/index.js';

/** Puts in the place of a record's parts the equal ones of the records before it, and gives it back. */
export function createSharer(): (record: RunRecord) => RunRecord {
  const texts = new Map<string, string>();
  const parts = new Map<string, unknown>();
  const text = (value: string): string => {
    const known = texts.get(value);
    if (known === undefined) texts.set(value, value);
    return known ?? value;
  };
  const part = <T>(value: T): T => {
    const written = JSON.stringify(value);
    const known = parts.get(written);
    if (known === undefined) parts.set(written, value);
    // Equal texts are made of equal values, and so of the same type.
    return (known as T | undefined) ?? value;
  };
  return (record) => {
    record.submission = part(record.submission);
    record.scenario = text(record.scenario);
    record.seed = text(record.seed);
    record.reason = text(record.reason);
    record.operations = part(record.operations);
    record.faults = part(record.faults);
    if (record.signature !== undefined) record.signature = text(record.signature);
    return record;
  };
}
