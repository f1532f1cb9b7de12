/** Comparisons of made-up runs: how each run of either side ended, and what it cost. */

import { armOf } from '../../../../grader/studies/compare/arm.js';
import { buildComparison } from '../../../../grader/studies/compare/build-comparison.js';
import type { Comparison, EarlierGrading } from '../../../../grader/studies/compare/comparison.js';
import type { PlannedRun } from '../../../../grader/plan/plan.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import type { RunCosts, RunRecord } from '../../../../harness/index.js';
import { failing, planOf, recordOf } from '../../support.js';

const context = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

export const LOSES_WRITES = failing(
  'kv-forwarding / lost-acknowledged-write / put / after drop-request',
);

export interface MadeUp {
  scenarios?: string[];
  runs?: number;
  /** How a run of `old` or of `mine` ended; passes if absent. */
  ending?: (run: PlannedRun) => Partial<RunRecord>;
  earlier?: EarlierGrading;
}

/** `mine` against `old`. */
export function compareMadeUp({
  scenarios = ['append', 'failover'],
  runs = 20,
  ending = () => ({}),
  earlier,
}: MadeUp = {}): Comparison {
  const plan = planOf(['old', 'mine'], scenarios, runs);
  const records = plannedRuns(plan).map((run) => recordOf(run, ending(run)));
  const [a, b] = plan.submissions;
  if (a === undefined || b === undefined) throw new Error('there are two submissions');
  const arms = { a: armOf(plan, a, records), b: armOf(plan, b, records) };
  return buildComparison({ plan, attempts: records, ...arms, earlier }, context);
}

/** Costs that hardly vary from run to run, some of them changed. */
export function costsOf({ index }: PlannedRun, changed: RunCosts = {}): { costs: RunCosts } {
  const wobble = 1 + (index % 5) / 100;
  const costs = { operationsPerSec: 200, latencyP50Ms: 5, failOverMs: 500, viewLookups: 0.2 };
  const wobbling = Object.entries({ ...costs, ...changed }).map(([name, cost]) => [
    name,
    cost * wobble,
  ]);
  return { costs: Object.fromEntries(wobbling) };
}

export const isMine = ({ submission }: PlannedRun) => submission.name === 'mine';
