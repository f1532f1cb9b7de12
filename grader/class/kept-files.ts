/**
 * The copies of rubric and roster that a grading keeps in its directory, so that nothing else is needed to go on
 * with it, to grade it again or to render it.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRegularText } from '../../harness/index.js';
import type { RosterEntry } from '../roster.js';
import { readRubric } from '../rubric/read-rubric.js';
import type { Rubric } from '../rubric/rubric.js';
import { writeFileAtomically } from '../write-file-atomically.js';
import { readRoster } from './read-roster.js';

export const RUBRIC_FILE = 'rubric.yaml';
const ROSTER_FILE = 'roster.csv';

/** The text of files that are to be kept; both have been read without complaint. */
export interface FilesToKeep {
  rubric?: string;
  roster?: string;
}

/** Reads the text of files that were found to be right, before anything of a grading is written. */
export function textsOf(files: {
  rubric?: string | undefined;
  roster?: string | undefined;
}): FilesToKeep {
  const { rubric, roster } = files;
  return {
    ...(rubric === undefined ? {} : { rubric: readRegularText(rubric, { links: 'followed' }) }),
    ...(roster === undefined ? {} : { roster: readRegularText(roster, { links: 'followed' }) }),
  };
}

/** Puts them into the directory of a grading, in the place of any that are there. */
export async function keepFiles(directory: string, { rubric, roster }: FilesToKeep): Promise<void> {
  if (rubric !== undefined) await writeFileAtomically(join(directory, RUBRIC_FILE), rubric);
  if (roster !== undefined) await writeFileAtomically(join(directory, ROSTER_FILE), roster);
}

/** The roster that a directory keeps; undefined without one. */
export function keptRoster(directory: string): RosterEntry[] | undefined {
  const file = join(directory, ROSTER_FILE);
  return existsSync(file) ? readRoster(file) : undefined;
}

/** The rubric that a directory keeps; undefined without one. */
export function keptRubric(directory: string): Rubric | undefined {
  const file = join(directory, RUBRIC_FILE);
  return existsSync(file) ? readRubric(file) : undefined;
}
