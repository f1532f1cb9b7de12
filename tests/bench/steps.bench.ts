/**
 * Whether a step of the lab can be passed without the later ones, and checks something: a small service that has done
 * the steps up to N plays the scenarios of step N and those of step N + 1. It takes some minutes, so it runs only when named.
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RESULTS_FILE } from '../../grader/results/results.js';
import { STEPS, type Step } from '../../harness/index.js';
import { ROOT } from '../root.js';
import { summarise, type BenchResult } from './bench.js';
import { runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

export const onlyWhenNamed = true;

/** The first step that needs servers and clerks. */
const FIRST_OF_PART_B = 6;

export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const step of STEPS) {
    const { number } = step;
    results.push(await passing(`step ${number}, done`, number, step));
    // The sixth has nothing to start before it is done.
    if (number > 1 && number !== FIRST_OF_PART_B)
      results.push(await passing(`step ${number}, not done`, number - 1, step));
  }
  return results;
}

/** How many scenarios of a step pass with a service that has done the steps up to `done`. */
function passing(name: string, done: number, step: Step): Promise<BenchResult> {
  return inScratch(async (directory) => {
    const submission = writeService(join(directory, 'service'), done);
    const out = join(directory, 'out');
    await runPblab('test', submission, '--step', String(step.number), '--out', out);
    const results = RESULTS.parse(JSON.parse(readFileSync(join(out, RESULTS_FILE), 'utf8')));
    const tallies = results.submissions[0]?.tallies ?? [];
    const sum = tallies.reduce((before, { passed }) => before + passed, 0);
    return summarise(name, 'passed', [sum], `of ${tallies.length}`);
  });
}

const RESULTS = z.object({
  submissions: z.array(z.object({ tallies: z.array(z.object({ passed: z.number() })) })),
});

function writeService(folder: string, done: number): string {
  mkdirSync(folder);
  copyFileSync(join(ROOT, 'tests/submissions/in-steps/kv.mjs'), join(folder, 'kv.mjs'));
  const program = `node kv.mjs ${done}`;
  const lines = [
    'name: in-steps',
    'preset: process',
    'run:',
    `  view: ${program} view {self}`,
    ...(done < FIRST_OF_PART_B
      ? []
      : [`  server: ${program} server {view} {self}`, `  clerk: ${program} clerk {view}`]),
    'protocol: pblab/1',
  ];
  writeFileSync(join(folder, 'pblab.yaml'), lines.map((line) => `${line}\n`).join(''));
  return folder;
}
