/**
 * How many wrong implementations are caught whose authors have not seen the scenarios (`tests/independent/`), which
 * of them are missed, and whether the correct one that they were made from passes.
 */

import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isRecord } from '../../reference/protocol.js';
import type { BenchResult } from './bench.js';
import { runPblab } from './fixtures/pblab.js';
import { inScratch } from './fixtures/scratch.js';

/** Grading eighty services takes hours. */
export const onlyWhenNamed = true;

/** Not compiled, so it is found from the root of the package. */
const INDEPENDENT = resolve(import.meta.dirname, '../../../tests/independent');
const SETS = ['design', 'circumstance'];
const CORRECT = 'correct';

const RUNS = process.env['PBLAB_RUNS'] ?? '2';

/** Scenarios shown that have caught one. */
const SHOWN = 4;

export function bench(): Promise<BenchResult[]> {
  return inScratch(async (directory) => {
    const results: BenchResult[] = [];
    cpSync(join(INDEPENDENT, CORRECT), join(directory, CORRECT), { recursive: true });
    for (const set of SETS) {
      const patches = readdirSync(join(INDEPENDENT, set)).filter((name) => name.endsWith('.patch'));
      const services = [join(directory, CORRECT)];
      for (const patch of patches)
        services.push(await layOut(join(INDEPENDENT, set, patch), directory));
      const out = join(directory, `${set}-out`);
      await runPblab('grade', ...services, '-n', RUNS, '--control', '0', '--no-report', '-o', out);
      results.push(...summariseSet(set, catches(join(out, 'results.json'))));
    }
    return results;
  });
}

/** The correct service with the mistake of a patch, in a folder named by it. */
async function layOut(patch: string, directory: string): Promise<string> {
  const service = join(directory, basename(patch, '.patch'));
  cpSync(join(INDEPENDENT, CORRECT), service, { recursive: true });
  await promisify(execFile)('git', ['apply', '--unsafe-paths', `--directory=${service}`, patch], {
    cwd: directory,
  });
  return service;
}

/** Of each service, the scenarios that failed, those that failed most often first. */
function catches(file: string): Map<string, string[]> {
  const results: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const submissions = isRecord(results) ? results['submissions'] : undefined;
  if (!Array.isArray(submissions)) throw new Error(`${file} has no submissions`);
  return new Map(submissions.filter(isRecord).map((one) => [String(one['name']), failing(one)]));
}

function failing({ tallies }: Record<string, unknown>): string[] {
  if (!Array.isArray(tallies)) return [];
  return tallies
    .filter(isRecord)
    .filter(({ failed }) => Number(failed) > 0)
    .toSorted((a, b) => Number(b['failed']) - Number(a['failed']))
    .map(({ scenario, failed, runs }) => `${String(scenario)} ${String(failed)}/${String(runs)}`);
}

function summariseSet(set: string, found: ReadonlyMap<string, readonly string[]>): BenchResult[] {
  const wrong = [...found].filter(([name]) => name !== CORRECT);
  const missed = wrong.filter(([, by]) => by.length === 0).map(([name]) => name);
  for (const [name, by] of wrong) {
    console.log(`${set}/${name}: ${by.slice(0, SHOWN).join(', ') || 'missed'}`);
  }
  const share = (100 * (wrong.length - missed.length)) / wrong.length;
  const count = (name: string, unit: string, figure: number, note: string): BenchResult => ({
    name: `${set}: ${name}`,
    unit,
    median: figure,
    min: figure,
    max: figure,
    samples: wrong.length,
    note,
  });
  return [
    count('caught', '%', share, missed.length === 0 ? '' : `missed: ${missed.join(', ')}`),
    count('scenarios that the correct one fails', '', found.get(CORRECT)?.length ?? 0, RUNS),
  ];
}
