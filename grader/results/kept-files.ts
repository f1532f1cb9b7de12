/**
 * The copies of rubric and roster that a grading keeps in its directory, so that nothing else is needed to go on
 * with it, to grade it again or to render it.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRegularText } from '../../harness/index.js';
import type { RosterEntry } from '../plan/roster/roster.js';
import { readRubric } from '../rubric/read-rubric.js';
import type { Rubric } from '../rubric/rubric.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { readRoster, rosterText } from '../plan/roster/read-roster.js';

export const RUBRIC_FILE = 'rubric.yaml';
export const ROSTER_FILE = 'roster.csv';

/** The text of files that are to be kept; both have been read without complaint. */
export interface FilesToKeep {
  rubric?: string;
  roster?: string;
}

/**
 * The text of a rubric's file that was found to be right, before anything of a grading is written, and that of a
 * roster: written as the kit writes it, so that later commands need no option for its columns.
 */
export function textsOf(files: {
  rubric?: string | undefined;
  roster?: readonly RosterEntry[] | undefined;
}): FilesToKeep {
  const { rubric, roster } = files;
  return {
    ...(rubric === undefined ? {} : { rubric: readRegularText(rubric, { links: 'followed' }) }),
    ...(roster === undefined ? {} : { roster: rosterText(roster) }),
  };
}

/** Puts them into the directory of a grading, in the place of any that are there. */
export async function keepFiles(directory: string, { rubric, roster }: FilesToKeep): Promise<void> {
  if (rubric !== undefined) await writeFileAtomically(join(directory, RUBRIC_FILE), rubric);
  if (roster !== undefined) await writeFileAtomically(join(directory, ROSTER_FILE), roster);
}

/** The text of a file that a directory keeps; undefined without one. */
export function keptText(directory: string, what: keyof FilesToKeep): string | undefined {
  const file = join(directory, what === 'rubric' ? RUBRIC_FILE : ROSTER_FILE);
  return existsSync(file) ? readRegularText(file) : undefined;
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
