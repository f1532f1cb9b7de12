/**
 * The results of a grading before it was graded again: a folder of its own for each regrade, so that the old
 * points can be shown beside the new ones, and an appeal months later can be answered.
 */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readTextIfPresent } from '../../harness/index.js';
import { PLAN_FILE } from '../plan/plan-file.js';
import { RESULTS_FILE } from './results.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { ROSTER_FILE, RUBRIC_FILE } from './kept-files.js';

const HISTORY_FOLDER = 'history';

/** The part of old results that is compared with new ones. */
const OLD_RESULTS = z.object({
  submissions: z.array(
    z.object({
      name: z.string(),
      ungradable: z.string().exactOptional(),
      grade: z.object({ points: z.number(), maxPoints: z.number() }).exactOptional(),
      tallies: z.array(z.object({ scenario: z.string(), failed: z.number() })),
    }),
  ),
});

export type OldSubmission = z.infer<typeof OLD_RESULTS>['submissions'][number];

/**
 * Keeps what the directory holds before its regrade of this number, from 1. If that has been done before, by a
 * regrade that was killed before it began, it is done again, but for rubric and roster: they may be the new ones by now.
 */
export async function keepHistory(directory: string, number: number): Promise<void> {
  const folder = historyFolder(directory, number);
  await mkdir(folder, { recursive: true });
  const given = [RUBRIC_FILE, ROSTER_FILE];
  for (const name of [RESULTS_FILE, PLAN_FILE, ...given]) {
    const isGiven = given.includes(name);
    const text = isGiven ? textBefore(directory, number, name) : textOf(directory, name);
    if (text !== undefined) await writeFileAtomically(join(folder, name), text);
  }
}

/** The rubric before the regrade of this number, even if the regrade was killed while it replaced the rubric. */
export function rubricBefore(directory: string, number: number): string | undefined {
  return textBefore(directory, number, RUBRIC_FILE);
}

/** The submissions as they were before the regrade of this number; none if that has kept no results. */
export function readHistory(directory: string, number: number): OldSubmission[] {
  const file = join(historyFolder(directory, number), RESULTS_FILE);
  const text = readTextIfPresent(file);
  return text === undefined ? [] : OLD_RESULTS.parse(JSON.parse(text)).submissions;
}

function textBefore(directory: string, number: number, name: string): string | undefined {
  return textOf(historyFolder(directory, number), name) ?? textOf(directory, name);
}

function textOf(folder: string, name: string): string | undefined {
  return readTextIfPresent(join(folder, name));
}

function historyFolder(directory: string, number: number): string {
  return join(directory, HISTORY_FOLDER, String(number));
}
