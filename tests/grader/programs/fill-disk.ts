/**
 * `fill-disk.js DIR SIZE`: appends records of at least SIZE bytes to DIR/journal.jsonl until that
 * fails, deletes DIR/ballast if it is there and tries once more; prints what happened and what the
 * journal then holds, as JSON.
 */

import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from '../../../grader/ground/exit-code.js';
import { openJournal, readJournal } from '../../../grader/campaign/journal/journal.js';
import type { Journal } from '../../../grader/campaign/journal/journal.js';
import { recordOf, someRun } from '../support.js';

/** Far more than any of the disks can take. */
const ENOUGH = 1000;

const [dir = '', size = ''] = process.argv.slice(2);
const reason = 'x'.repeat(Number(size));
const file = join(dir, 'journal.jsonl');
const ballast = join(dir, 'ballast');

void fillAndTell();

async function fillAndTell(): Promise<void> {
  const journal = await openJournal(file);
  const { acknowledged, message } = await fill(journal);
  const afterFailure = readJournal(file);
  const bytes = statSync(file).size;
  const relieved = existsSync(ballast);
  if (relieved) {
    rmSync(ballast);
    await journal.append(recordOf(someRun(acknowledged), { reason }));
  }
  await journal.close();
  const atEnd = readJournal(file);
  console.log(
    JSON.stringify({
      acknowledged,
      message,
      bytes,
      records: afterFailure.records.length,
      damaged: afterFailure.damaged.length,
      relieved,
      recordsAtEnd: atEnd.records.length,
    }),
  );
}

async function fill(into: Journal): Promise<{ acknowledged: number; message: string }> {
  for (let index = 0; index < ENOUGH; index += 1) {
    try {
      await into.append(recordOf(someRun(index), { reason }));
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      return { acknowledged: index, message: error.message };
    }
  }
  throw new Error('the disk never got full');
}
