/** What a hundred runs of one scenario cost, and what one of them costs. */

import { join } from 'node:path';
import { foldRecords } from '../../grader/campaign/fold.js';
import { JOURNAL_FILE, readJournal } from '../../grader/campaign/journal/journal.js';
import { summarise, type BenchResult } from './bench.js';
import { runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

const SCENARIO = 'concurrent-puts-unreliable';
const RUNS = 100;

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const out = join(directory, 'out');
    const words = ['-n', String(RUNS), '--scenario', SCENARIO, '--out', out];
    const { wallSeconds, processorSeconds } = await runPblab('grade', 'reference', ...words);
    const records = foldRecords(readJournal(join(out, JOURNAL_FILE)).records);
    const perRun = records.map(({ cpuMs }) => cpuMs / 1000);
    return [
      summarise(`${RUNS} runs`, 's', [wallSeconds], 'bound 90 s on 2 processors'),
      summarise(`${RUNS} runs, processor`, 's', [processorSeconds], 'of the whole process tree'),
      summarise(
        'one run, processor',
        's',
        perRun,
        "as recorded: the submission's and the worker's",
      ),
    ];
  });
}
