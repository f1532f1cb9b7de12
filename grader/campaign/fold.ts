/** Turns many records into one for each run: the rule by which attempts and repetitions of a record count. */

import type { RunRecord } from '../../harness/index.js';

/**
 * One record for each key: that of its latest attempt, and of equal attempts the first, since that
 * one was acknowledged first. Keys come in the order in which they first appear. Folding twice changes
 * nothing.
 */
export function foldRecords(records: Iterable<RunRecord>): RunRecord[] {
  const latest = new Map<string, RunRecord>();
  for (const record of records) {
    const known = latest.get(record.key);
    if (known === undefined || record.attempt > known.attempt) latest.set(record.key, record);
  }
  return [...latest.values()];
}
