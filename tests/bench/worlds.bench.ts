/**
 * The two worlds beside each other: how often each of the surest pairs of mutant and scenario is caught, how often the
 * reference fails, what a run costs, and how many runs of the virtual world are the same with the same seed, event by
 * event. `RUNS` is the number of runs of a pair; the file `TABLE` gets a line for each pair.
 */

import { writeFileSync } from 'node:fs';
import { execute } from '../../grader/campaign/execute.js';
import type { PlannedRun } from '../../grader/plan/plan.js';
import { cellsOfRuns } from '../../grader/plan/run-cells.js';
import {
  deriveSeed,
  resolveSubmission,
  SCENARIOS,
  WORLDS,
  type RunRecord,
  type World,
} from '../../harness/index.js';
import { SUREST_PAIRS } from '../harness/scenarios/surest-pairs.js';
import { summarise, type BenchResult } from './bench.js';
import { inScratch } from './fixtures/scratch.js';

/** It takes a quarter of an hour. */
export const onlyWhenNamed = true;

const RUNS = Number(process.env['RUNS'] ?? 3);

interface Cell {
  spec: string;
  scenario: string;
}

const ON_REFERENCE: readonly Cell[] = SCENARIOS.map(({ id }) => ({
  spec: 'reference',
  scenario: id,
}));

export async function bench(): Promise<BenchResult[]> {
  const caught = new Map<World, RunRecord[]>();
  const results: BenchResult[] = [];
  for (const world of WORLDS) {
    const records = await play(SUREST_PAIRS, { world, runs: RUNS });
    const correct = await play(ON_REFERENCE, { world, runs: 1 });
    caught.set(world, records);
    results.push(...rowsOf(world, records, correct));
    if (world === 'virtual') results.push(await repeats(correct));
  }
  const { TABLE: file } = process.env;
  if (file !== undefined) writeFileSync(file, tableOf(caught));
  return results;
}

function rowsOf(
  world: World,
  records: readonly RunRecord[],
  correct: readonly RunRecord[],
): BenchResult[] {
  const judged = records.filter(({ verdict }) => verdict !== 'unknown');
  const failed = judged.filter(({ verdict }) => verdict === 'fail').length;
  const accused = correct.filter(({ verdict }) => verdict === 'fail').length;
  const seconds = correct.map(({ cpuMs }) => cpuMs / 1000);
  return [
    summarise(
      `${world}: mutants caught`,
      '%',
      [(100 * failed) / judged.length],
      `of ${judged.length} runs`,
    ),
    summarise(`${world}: the reference fails`, 'runs', [accused], `of ${correct.length}`),
    summarise(`${world}: processor time of a run of the reference`, 's', seconds),
  ];
}

/** Plays the same runs again. */
async function repeats(records: readonly RunRecord[]): Promise<BenchResult> {
  const again = await play(ON_REFERENCE, { world: 'virtual', runs: 1 });
  const traces = new Map(again.map(({ key, trace }) => [key, trace]));
  const same = records.filter(({ key, trace }) => trace !== undefined && traces.get(key) === trace);
  const share = (100 * same.length) / records.length;
  return summarise('virtual: the same again', '%', [share], `of ${records.length} runs`);
}

async function play(
  cells: readonly Cell[],
  { world, runs }: { world: World; runs: number },
): Promise<RunRecord[]> {
  const specs = [...new Set(cells.map(({ spec }) => spec))];
  const submissions = new Map(
    await Promise.all(specs.map(async (spec) => [spec, await resolveSubmission(spec)] as const)),
  );
  const planned = cells.flatMap(({ spec, scenario }) =>
    Array.from({ length: runs }, (_, index): PlannedRun => {
      const seed = deriveSeed('worlds', spec, scenario, index);
      const submission = { name: spec, spec, digest: '' };
      return { key: `${spec}/${scenario}/${index}`, submission, scenario, index, seed };
    }),
  );
  const latest = new Map<string, RunRecord>();
  await inScratch((directory) =>
    execute({
      cells: cellsOfRuns(planned),
      submissions,
      world,
      directory,
      signal: new AbortController().signal,
      onRecord(record) {
        latest.set(record.key, record);
        return Promise.resolve();
      },
    }),
  );
  return [...latest.values()];
}

function tableOf(caught: ReadonlyMap<World, readonly RunRecord[]>): string {
  const lines = SUREST_PAIRS.map(({ spec, scenario }) => {
    const figures = WORLDS.map((world) => {
      const own =
        caught.get(world)?.filter((one) => one.key.startsWith(`${spec}/${scenario}/`)) ?? [];
      const judged = own.filter(({ verdict }) => verdict !== 'unknown');
      const failed = judged.filter(({ verdict }) => verdict === 'fail').length;
      const seconds = own.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000 / own.length;
      return `${failed} of ${judged.length} | ${seconds.toFixed(2)}`;
    });
    return `| ${spec} | ${scenario} | ${figures.join(' | ')} |\n`;
  });
  const heads = WORLDS.map((world) => `${world}: caught | s a run`);
  return `| mutant | scenario | ${heads.join(' | ')} |\n|---|---|${'---|'.repeat(4)}\n${lines.join('')}`;
}
