/**
 * Whether a class gets the same grades when its grading is killed again and again: `kill -9` at random moments, then
 * `resume`, twenty times. The same class is graded undisturbed for comparison. It takes some minutes, so it runs only
 * when named.
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { groupBy } from '../../grader/ground/group-by.js';
import { JOURNAL_FILE, readRecords } from '../../grader/campaign/journal/journal.js';
import { PLAN_FILE } from '../../grader/plan/plan-file.js';
import { RESULTS_FILE } from '../../grader/results/results.js';
import { randomFrom } from '../../harness/index.js';
import { CLI, runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';
import { summarise, type BenchResult } from './bench.js';

export const onlyWhenNamed = true;

const KILLS = 20;
const AFTER_MS = { least: 200, most: 2500 };

/** Each of them passes or fails its scenarios in every run. */
const SUBMISSIONS = ['reference', 'mutant:starts-at-view-one', 'mutant:first-ping-must-be-zero'];

const RUBRIC = `title: killed
runs: 40
policy: { kind: linear, fullAtMost: 1 %, noneFrom: 60 % }
parts:
  - name: Part A
    points: 30
    scenarios: [view-zero, view-first-primary, view-first-primary-nonzero, view-first-backup]
`;

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (scratch) => {
    const rubric = join(scratch, 'rubric.yaml');
    writeFileSync(rubric, RUBRIC);
    const words = [...SUBMISSIONS, '--rubric', rubric, '--seed', 'kill', '-o'];
    const calm = join(scratch, 'calm');
    await runPblab('grade', ...words, calm);
    const killed = join(scratch, 'killed');
    const livesMs: number[] = [];
    const random = randomFrom('kill-nine');
    while (livesMs.length < KILLS) {
      const afterMs = random.integer(AFTER_MS.least, AFTER_MS.most);
      if (await killAfter(afterMs, goOn(killed, words))) livesMs.push(afterMs);
      else throw new Error(`all was done after ${livesMs.length} kills; give it more runs`);
    }
    await runPblab(...goOn(killed, words));
    const same = JSON.stringify(gradesIn(killed)) === JSON.stringify(gradesIn(calm));
    const note = `${same ? 'the same' : 'OTHER'} grades as undisturbed: ${gradesIn(killed).join(', ')}`;
    return [
      summarise('life before kill -9', 'ms', livesMs, note),
      summarise('runs counted twice', 'runs', [countedTwice(killed)]),
      summarise('runs with a record', 'runs', [runsIn(killed)], `undisturbed: ${runsIn(calm)}`),
    ];
  });
}

/** The words that begin a grading, or go on with it once it has begun. */
function goOn(directory: string, words: readonly string[]): string[] {
  const hasBegun = existsSync(join(directory, PLAN_FILE));
  return hasBegun ? ['resume', directory] : ['grade', ...words, directory];
}

/** Whether it was still at work when it was killed. */
async function killAfter(afterMs: number, words: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: 'ignore' });
  const ended = new Promise<string | null>((resolve) =>
    child.once('exit', (_, signal) => resolve(signal)),
  );
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

const RESULTS = z.object({
  submissions: z.array(z.object({ name: z.string(), grade: z.object({ points: z.number() }) })),
});

function gradesIn(directory: string): string[] {
  const results = RESULTS.parse(JSON.parse(readFileSync(join(directory, RESULTS_FILE), 'utf8')));
  return results.submissions.map(({ name, grade }) => `${name} ${grade.points}`);
}

/** A run has as many records as attempts; two of one attempt would be one too many. */
function countedTwice(directory: string): number {
  const attempts = groupBy(
    readRecords(join(directory, JOURNAL_FILE)),
    ({ key, attempt }) => `${key} ${attempt}`,
  );
  return [...attempts.values()].filter((list) => list.length > 1).length;
}

function runsIn(directory: string): number {
  const keys = [...readRecords(join(directory, JOURNAL_FILE))].map(({ key }) => key);
  return new Set(keys).size;
}
