/**
 * What it takes to decide which run of a class is next: memory of the plan's cells and the scheduler, and the time of
 * one decision, which is to take the record of a run and to give out the next one. Each plan has a process of its own.
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchResult } from './bench.js';

/** Submissions, scenarios, runs of a scenario, and whether it is run only until it is decided. */
const PLANS = [
  ['50', '91', '100', 'fixed'],
  ['200', '91', '100', 'fixed'],
  ['200', '91', '208', 'sequential'],
] as const;

const PROGRAM = join(import.meta.dirname, 'fixtures/schedule-once.js');

/** What the program says of itself. */
interface Effort {
  megabytes: number;
  microseconds: BenchResult;
}

export function bench(): Promise<BenchResult[]> {
  return Promise.resolve(
    PLANS.flatMap((plan) => {
      const [submissions, scenarios, runs, kind] = plan;
      const { megabytes: median, microseconds } = scheduleOnce(plan);
      const name = `${submissions} × ${scenarios} × ${runs} ${kind}`;
      const memory = { median, min: median, max: median, samples: 1 };
      return [
        { name: `${name}: plan and scheduler`, unit: 'MB', ...memory },
        { ...microseconds, name: `${name}: decision` },
      ];
    }),
  );
}

function scheduleOnce(plan: readonly string[]): Effort {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', PROGRAM, ...plan],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${plan.join(' ')} ended with ${status}: ${stderr}`);
  const effort: Effort = JSON.parse(stdout);
  return effort;
}
