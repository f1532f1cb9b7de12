/**
 * Lets records share equal parts: hundreds of thousands of records of a class would otherwise each hold a copy of the
 * same names, seeds and reasons.
 */

import type { RunRecord } from '../../../harness/index.js';

/** Puts in the place of a record's parts the equal ones of the records before it, and gives it back. */
export function createSharer(): (record: RunRecord) => RunRecord {
  const text = sharing<string>((value) => value);
  const submission = sharing<RunRecord['submission']>(JSON.stringify);
  const operations = sharing<RunRecord['operations']>(JSON.stringify);
  const faults = sharing<RunRecord['faults']>(JSON.stringify);
  const met = sharing<NonNullable<RunRecord['met']>>(JSON.stringify);
  return (record) => {
    record.submission = submission(record.submission);
    record.scenario = text(record.scenario);
    record.seed = text(record.seed);
    record.reason = text(record.reason);
    record.operations = operations(record.operations);
    record.faults = faults(record.faults);
    if (record.met !== undefined) record.met = met(record.met);
    if (record.signature !== undefined) record.signature = text(record.signature);
    return record;
  };
}

/** Gives for each value the first one that was written the same. */
function sharing<T>(write: (value: T) => string): (value: T) => T {
  const known = new Map<string, T>();
  return (value) => {
    const written = write(value);
    const first = known.get(written) ?? value;
    if (first === value) known.set(written, value);
    return first;
  };
}
