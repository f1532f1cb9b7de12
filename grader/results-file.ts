/**
 * The results as a file, checked in full when they are read back: a person may have edited them, or another kit
 * may have written them. Fields that this kit does not know are kept.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../harness/index.js';
import { RESULTS_FILE, RESULTS_FORMAT, type Results } from './results.js';
import { RESULTS } from './results-schema.js';
import { describeMismatch } from './schema-errors.js';

/**
 * The results of the grading in this directory.
 *
 * @throws UsageError when there are none, or when this kit does not understand them; the message names the file,
 * the place in it, what is there and what should be.
 */
export function readResults(directory: string): Results {
  const file = join(directory, RESULTS_FILE);
  const content = parse(file, load(directory, file));
  const result = RESULTS.safeParse(content);
  if (result.success) return result.data;
  throw new UsageError(`${file}: ${describeMismatch(result.error, content)}`, {
    hint: 'results of another version of the kit may have another format: `pblab report DIR` makes them anew from the runs',
    cause: result.error,
  });
}

function load(directory: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${directory} holds no readable results: ${file} could not be read`, {
      expected: 'a directory written by `pblab grade --out DIR`',
      cause,
    });
  }
}

function parse(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new UsageError(`${file} is not JSON`, {
      expected: `results in the format ${RESULTS_FORMAT}`,
      cause,
    });
  }
}
