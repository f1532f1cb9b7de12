/**
 * The results as a file, checked in full when they are read back: a person may have edited them, or another kit
 * may have written them. Fields that this kit does not know are kept.
 */

import { join } from 'node:path';
import { readJsonFile } from '../files/read-json-file.js';
import { RESULTS_FILE, RESULTS_FORMAT, type Results } from './results.js';
import { RESULTS } from './results.js';

/**
 * The results of the grading in this directory.
 *
 * @throws UsageError when there are none, or when this kit does not understand them; the message names the file,
 * the place in it, what is there and what should be.
 */
export function readResults(directory: string): Results {
  return readJsonFile({
    file: join(directory, RESULTS_FILE),
    schema: RESULTS,
    unreadable: `${directory} contains no results that this kit can read`,
    expected: `results in the format ${RESULTS_FORMAT}`,
    hint: 'results of another version of the kit may have another format: `pblab report DIR` writes them again from the runs',
  });
}
