/**
 * Whether tallies tell the truth: a mutant that loses a write with a known probability per fail-over is
 * graded again and again, and the interval of each grading either covers that probability or not.
 * With 95 % intervals about 19 of 20 should. It takes some ten minutes, so it runs only when named.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RESULTS_FILE } from '../../grader/results/results.js';
import { summarise, type BenchResult } from './bench.js';
import { runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

export const onlyWhenNamed = true;

const RATES = [0.05, 0.3];
const GRADINGS = 20;
const RUNS = 40;

/** It has one fail-over, and reads everything back after it. */
const SCENARIO = 'primary-failure';

export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const rate of RATES) {
    const gradings: FailureRate[] = [];
    for (let n = 0; n < GRADINGS; n += 1) gradings.push(await gradeOnce(rate));
    const covering = gradings.filter(({ low, high }) => low <= rate && rate <= high).length;
    const estimates = gradings.map(({ estimate }) => estimate);
    const note = `${covering} of ${GRADINGS} intervals cover ${rate}; ${RUNS} runs each`;
    results.push(summarise(`estimated rate at p = ${rate}`, '', estimates, note));
  }
  return results;
}

const RESULTS = z.object({
  submissions: z.array(
    z.object({
      tallies: z.array(
        z.object({
          failureRate: z.object({ estimate: z.number(), low: z.number(), high: z.number() }),
        }),
      ),
    }),
  ),
});

type FailureRate = z.infer<typeof RESULTS>['submissions'][number]['tallies'][number]['failureRate'];

function gradeOnce(rate: number): Promise<FailureRate> {
  return inScratch(async (directory) => {
    const out = join(directory, 'out');
    const words = ['-n', String(RUNS), '--scenario', SCENARIO, '--out', out];
    await runPblab('grade', `mutant:loses-writes:rate=${rate}`, ...words);
    const results = RESULTS.parse(JSON.parse(readFileSync(join(out, RESULTS_FILE), 'utf8')));
    const tally = results.submissions[0]?.tallies[0];
    if (tally === undefined) throw new Error('the grading has no tally');
    return tally.failureRate;
  });
}
