/**
 * What it takes to render the grading of a class of two hundred: time and memory of `pblab report`, from the journal
 * to the last page. The class is made up of the records of a small real grading, which takes some minutes, so it runs
 * only when named.
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';
import { makeClass } from './fixtures/made-up-class.js';
import { summarise, type BenchResult } from './bench.js';

export const onlyWhenNamed = true;

const SIZE = { students: 200, scenarios: 40, runs: 50 };

/** Between them they fail in most scenarios that there are. */
const SOURCES = ['reference', 'mutant:no-state-transfer', 'mutant:no-duplicate-filter'];

const SAMPLES = 3;

const PROGRAM = join(import.meta.dirname, 'fixtures/report-once.js');

/** What the program says of itself. */
interface Effort {
  wallSeconds: number;
  processorSeconds: number;
  peakMegabytes: number;
}

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (scratch) => {
    const source = join(scratch, 'source');
    await runPblab('grade', ...SOURCES, '-n', '1', '--control', '0', '--no-report', '-o', source);
    const target = join(scratch, 'class');
    const records = makeClass(source, target, SIZE);
    const efforts = Array.from({ length: SAMPLES }, () => reportOnce(target));
    const note = `${SIZE.students} × ${SIZE.scenarios} × ${SIZE.runs}, ${records} records`;
    const figures = (of: (one: Effort) => number) => efforts.map(of);
    return [
      summarise(
        'report of a class',
        's',
        figures((one) => one.wallSeconds),
        note,
      ),
      summarise(
        'its processor time',
        's',
        figures((one) => one.processorSeconds),
      ),
      summarise(
        'its peak memory',
        'MB',
        figures((one) => one.peakMegabytes),
      ),
    ];
  });
}

function reportOnce(directory: string): Effort {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, directory], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the report ended with ${status}: ${stderr}`);
  const [wallSeconds = NaN, processorSeconds = NaN, peakMegabytes = NaN] =
    stdout.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { wallSeconds, processorSeconds, peakMegabytes };
}
