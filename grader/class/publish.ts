/**
 * Renders a grading from what its directory holds (plan, journal, evidence, rubric and roster): results.json, and
 * the report. Whoever grades, goes on, grades again or asks for the report gets the same, because there is no other
 * source. No program of a submission runs meanwhile.
 */

import { join } from 'node:path';
import type { RunRecord } from '../../harness/index.js';
import { JOURNAL_FILE, readRecords } from '../journal.js';
import { thisMachine } from '../machine.js';
import { readPlan } from '../plan-file.js';
import { loadOf } from '../provenance.js';
import { buildResults, RESULTS_FILE, type Results } from '../results.js';
import { createSharer } from '../share-parts.js';
import { writeFileAtomically } from '../write-file-atomically.js';
import { keptRoster } from './kept-files.js';

/** Writes what the directory's grading has come to so far; the caller must hold its lock. */
export async function publish(directory: string): Promise<Results> {
  const plan = readPlan(directory);
  const attempts = readAttempts(join(directory, JOURNAL_FILE));
  const results = buildResults(plan, attempts, {
    createdAt: new Date().toISOString(),
    machine: thisMachine(),
    load: loadOf(attempts),
    roster: keptRoster(directory),
  });
  const text = `${JSON.stringify(results, null, 2)}\n`;
  await writeFileAtomically(join(directory, RESULTS_FILE), text);
  return results;
}

/** All attempts, without what no result depends on: there may be hundreds of thousands. */
function readAttempts(file: string): RunRecord[] {
  const share = createSharer();
  return Array.from(readRecords(file), share);
}
