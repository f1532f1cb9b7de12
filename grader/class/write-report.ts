/**
 * The report of a grading: pages for staff and students, and files for course systems. All of it follows from the
 * results and the evidence; each file is written as a whole or not at all.
 */

import { join } from 'node:path';
import type { RunRecord } from '../../harness/index.js';
import { possibleOutputs } from '../outputs/registry.js';
import { writeOutputs } from '../outputs/write-outputs.js';
import type { Results } from '../results.js';

const REPORT_FOLDER = 'report';
const OUTPUTS_FOLDER = 'outputs';

/** Where what was written can be found. */
export interface WrittenReport {
  /** The page to look at first. */
  page: string;
  /** The folder of files for course systems. */
  outputs: string;
}

/** `records` are those that count, one a run. */
export async function writeReport(
  directory: string,
  results: Results,
  records: () => Iterable<RunRecord>,
): Promise<WrittenReport> {
  const outputs = join(directory, OUTPUTS_FOLDER);
  for (const output of possibleOutputs(results)) {
    await writeOutputs(outputs, output.files({ results, records }));
  }
  return { page: join(directory, REPORT_FOLDER, 'index.html'), outputs };
}
