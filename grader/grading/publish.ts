/**
 * Renders a grading from what its directory holds (plan, journal, evidence, rubric and roster): results.json, and
 * the report. `grade`, `resume`, `regrade` and `report` get the same, because there is no other
 * source. No program of a submission runs meanwhile.
 */

import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RunRecord } from '../../harness/index.js';
import { hostFacts } from '../campaign/queue/host-facts.js';
import { damageOf } from '../campaign/journal/damage.js';
import { JOURNAL_FILE, readRecords, type DamagedLine } from '../campaign/journal/journal.js';
import { thisMachine } from '../measured/grading-machine.js';
import type { Plan } from '../plan/plan.js';
import { readPlan } from '../plan/plan-file.js';
import { loadOf } from '../tally/provenance.js';
import { RESULTS_FILE, type Results } from '../results/results.js';
import { buildResults } from '../results/build-results.js';
import { createSharer } from '../campaign/journal/share-parts.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { countedRecords, lastAttempts, type LastAttempts } from '../campaign/counted-records.js';
import { staleFiles } from './filled-files.js';
import { readHistory } from '../results/earlier-results.js';
import { keptRoster, keptRubric } from '../results/kept-files.js';
import { REGRADE_FILE, reportRegrade, type RegradeReport } from '../results/regrade-changes.js';
import type { WrittenReport } from './write-report.js';

export interface Published {
  results: Results;
  /** Lines of the journal that hold no record: their runs count as not done. */
  damaged: readonly DamagedLine[];
  /** Where the report is, if one was written. */
  report?: WrittenReport;
  /** Files for course systems that were filled in with points that are old now; each a sentence without its full stop. */
  stale: readonly string[];
  /** The changes of the latest regrade, if there was one. */
  regrade?: RegradeReport;
}

/**
 * Writes the results of the directory's grading so far, with the report if it is wanted and this is not a shard; the
 * caller must hold its lock.
 */
export async function publish(
  directory: string,
  { report }: { report: boolean },
): Promise<Published> {
  const plan = readPlan(directory);
  const journal = join(directory, JOURNAL_FILE);
  const { results, last, damaged } = assemble(directory, plan, journal);
  giveMemoryBack();
  await writeJson(directory, RESULTS_FILE, results);
  const regrade = changesSince(directory, plan, results);
  if (regrade !== undefined) await writeJson(directory, REGRADE_FILE, regrade);
  const written: Pick<Published, 'report'> = {};
  if (report && plan.shard === undefined) {
    // The modules that draw pages take long to load, and most commands write no pages.
    const { writeReport } = await import('./write-report.js');
    const records = () => countedRecords(plan, journal, last);
    written.report = await writeReport(directory, results, records);
  }
  const stale = staleFiles(directory, results);
  return { results, damaged, stale, ...written, ...(regrade === undefined ? {} : { regrade }) };
}

/**
 * Returns memory that is no longer needed. The engine would do so by itself, but only when about as much again
 * has been used: after the records of a whole class that is more than a laptop may have left.
 */
function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}

/** The results from the files of a grading. All records are in memory only during this call. */
function assemble(
  directory: string,
  plan: Plan,
  journal: string,
): Pick<Published, 'results' | 'damaged'> & { last: LastAttempts } {
  const damaged: DamagedLine[] = [];
  const attempts = readAttempts(journal, (line) => damaged.push(line));
  const results = buildResults(plan, attempts, {
    createdAt: new Date().toISOString(),
    machine: thisMachine(),
    load: loadOf(attempts),
    hostFacts: hostFacts(directory),
    roster: keptRoster(directory),
    // The runs of one shard are not enough for points.
    rubric: plan.shard === undefined ? keptRubric(directory) : undefined,
    journalDamage: damageOf(damaged),
  });
  return { results, damaged, last: lastAttempts(attempts) };
}

/** All attempts, without what no result depends on: there may be hundreds of thousands. */
function readAttempts(file: string, onDamage: (damaged: DamagedLine) => void): RunRecord[] {
  const share = createSharer();
  return Array.from(readRecords(file, onDamage), ({ costs: _costs, ...record }) => share(record));
}

function changesSince(directory: string, plan: Plan, results: Results): RegradeReport | undefined {
  const revisions = plan.revisions ?? [];
  const latest = revisions.at(-1);
  if (latest === undefined) return undefined;
  return reportRegrade(readHistory(directory, revisions.length), results, latest);
}

function writeJson(
  directory: string,
  name: string,
  content: Results | RegradeReport,
): Promise<void> {
  return writeFileAtomically(join(directory, name), `${JSON.stringify(content, null, 2)}\n`);
}
