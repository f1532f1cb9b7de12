/** What is in the place of a file that the grader reads may hold it up, or lead to what it must not show. */

import { symlinkSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { acquireLock, LOCK_FILE } from '../../grader/files/lock.js';
import { readRoster } from '../../grader/plan/roster/read-roster.js';
import { check } from '../../grader/commands/actions/check.js';
import { exportResults } from '../../grader/commands/actions/export.js';
import { readKeptRun } from '../../grader/campaign/evidence/kept-evidence.js';
import { JOURNAL_FILE, openJournal, readJournal } from '../../grader/campaign/journal/journal.js';
import { PLAN_FILE, readPlan } from '../../grader/plan/plan-file.js';
import { readResults } from '../../grader/results/results-file.js';
import { RESULTS_FILE } from '../../grader/results/results.js';
import { readRubric } from '../../grader/rubric/read-rubric.js';
import { UsageError } from '../../harness/index.js';
import { makeFifo } from '../support/fifo.js';
import { gradedResults } from './views/outputs/made-up-results.js';
import { withFolder } from './support.js';

const FIFO = 'got a FIFO (named pipe)';

/** The complaint of a reader; a reader that waits for a FIFO never comes back. */
async function complaintOf(read: () => unknown): Promise<string> {
  try {
    await read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('nothing was complained of');
}

function templateOf(folder: string, template: string): Promise<number> {
  writeFileSync(join(folder, RESULTS_FILE), JSON.stringify(gradedResults()));
  return exportResults(folder, { format: ['canvas'], template });
}

/** Files that staff name; the folder holds a grading where one is needed. */
const NAMED: readonly [string, (file: string, folder: string) => unknown][] = [
  ['a roster', (file) => readRoster(file)],
  ['a rubric', (file) => readRubric(file)],
  ['a history', (file) => check(file, { budget: 1 })],
  ['a template', (file, folder) => templateOf(folder, file)],
];

/** Files in the directory of a grading. */
const KEPT: readonly [string, string, (folder: string) => unknown][] = [
  ['the plan', PLAN_FILE, readPlan],
  ['the results', RESULTS_FILE, readResults],
  ['the journal', JOURNAL_FILE, (folder) => readJournal(join(folder, JOURNAL_FILE))],
  ['the journal to write to', JOURNAL_FILE, (folder) => openJournal(join(folder, JOURNAL_FILE))],
  ['the lock', LOCK_FILE, acquireLock],
];

describe('a file that is no regular file', () => {
  for (const [what, read] of NAMED) {
    it(`is not read as ${what}, also behind a link`, () =>
      withFolder(async (folder) => {
        makeFifo(join(folder, 'fifo'));
        symlinkSync('fifo', join(folder, 'link'));
        for (const name of ['fifo', 'link']) {
          const file = join(folder, name);
          const complaint = await complaintOf(() => read(file, folder));
          expect(complaint).to.contain(FIFO).and.to.contain(file);
        }
      }));
  }

  for (const [what, name, read] of KEPT) {
    it(`is not read as ${what} of a grading, and neither is what a link leads to`, () =>
      withFolder(async (folder) => {
        makeFifo(join(folder, name));
        expect(await complaintOf(() => read(folder)))
          .to.contain(FIFO)
          .and.to.contain(join(folder, name));
        const other = join(folder, 'other');
        await mkdir(other);
        writeFileSync(join(folder, 'secret'), 'of staff');
        symlinkSync('../secret', join(other, name));
        const complaint = await complaintOf(() => read(other));
        expect(complaint).to.contain('got a link to ../secret').and.not.to.contain('of staff');
      }));
  }

  it('is passed over in the evidence of a run', () =>
    withFolder((folder) => {
      makeFifo(join(folder, 'run.json'));
      expect(readKeptRun(folder)).to.equal(undefined);
    }));
});
