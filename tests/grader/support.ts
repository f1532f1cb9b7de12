/** What the grader's tests share: made-up records and plans, temporary folders, the repository's root. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Isolation, RunRecord } from '../../harness/index.js';
import type { Stage } from '../../grader/campaign/campaign.js';
import { createPlan } from '../../grader/plan/plan.js';
import { cellsOfRuns, inOrder, plannedRuns, type RunCell } from '../../grader/plan/run-cells.js';
import type { Plan, PlannedRun, PlannedSubmission } from '../../grader/plan/plan.js';
import { withNames } from '../../grader/plan/preparation.js';

/** The repository's root, seen from the compiled test. */
export const ROOT = join(import.meta.dirname, '../../..');

/** The isolation of made-up plans, which keeps submissions apart. */
export const FULL: Isolation = {
  level: 'full',
  bubblewrap: '0.8.0',
  seccomp: true,
  cgroup: { version: 1, controllers: ['memory', 'pids', 'freezer'] },
};

/** A plan over these submissions and scenarios with a fixed seed. */
export function planOf(submissions: string[], scenarios: string[], runsPerScenario: number): Plan {
  return createPlan({
    kit: '0.1.0',
    createdAt: '2026-01-02T03:04:05.000Z',
    seed: 'golden',
    runsPerScenario,
    isolation: FULL,
    submissions: submissions.map((name, at) => ({ name, spec: name, digest: madeUpDigest(at) })),
    scenarios: scenarios.map((id) => ({ id })),
  });
}

/** Another one for each submission; their first digits are alike. */
function madeUpDigest(at: number): string {
  return `${'d'.repeat(60)}${String(at).padStart(4, '0')}`;
}

/** Submissions of a plan, called as a class is. */
export function namedByPaths(paths: readonly string[]): PlannedSubmission[] {
  const submissions = paths.map((spec, at) => ({ name: spec, spec, digest: madeUpDigest(at) }));
  return withNames(submissions, { taken: [], byFolder: true });
}

/** The same plan with a control arm. */
export function withControl({ format: _format, ...plan }: Plan, oneIn = 20): Plan {
  const submission = { name: 'control', spec: 'reference', digest: 'c'.repeat(64) };
  return createPlan({ ...plan, control: { submission, oneIn } });
}

/** The planned runs of one submission `alice` and one scenario `append`. */
export function alicesRuns(count: number): PlannedRun[] {
  return plannedRuns(planOf(['alice'], ['append'], count));
}

/** The same runs as cells, of which there is one. */
export function alicesCells(count: number): RunCell[] {
  return cellsOfRuns(alicesRuns(count));
}

/** The runs of a stage in the order of doing, and what it says. */
export function staged({ cells, says }: ReturnType<Stage>) {
  return { runs: [...inOrder(cells)], says };
}

/** A run `alice/append/INDEX`, outside any plan. */
export function someRun(index: number): PlannedRun {
  return {
    key: `alice/append/${index}`,
    submission: { name: 'alice', spec: './alice', digest: 'd'.repeat(64) },
    scenario: 'append',
    index,
    seed: '0123456789abcdef',
  };
}

/** A passing record of this planned run, changed as asked. */
export function recordOf(run: PlannedRun, changes: Partial<RunRecord> = {}): RunRecord {
  const { key, submission, scenario, index, seed } = run;
  return {
    key,
    attempt: 0,
    submission: { name: submission.name, digest: submission.digest },
    scenario,
    index,
    seed,
    world: 'processes',
    verdict: 'pass',
    reason: 'Every checker passed.',
    durationMs: 200,
    cpuMs: 100,
    operations: { ok: 10, failed: 0, indefinite: 0 },
    faults: {},
    lagMs: 1,
    ...changes,
  };
}

/** Changes that make a record a failing one. */
export function failing(signature: string, changes: Partial<RunRecord> = {}): Partial<RunRecord> {
  return { verdict: 'fail', class: 'safety', signature, reason: 'A write is gone.', ...changes };
}

/** Changes that make a record an unknown one. */
export function unknown(cause: NonNullable<RunRecord['cause']>, attempt = 0): Partial<RunRecord> {
  return { verdict: 'unknown', cause, attempt, reason: 'It cannot be told.' };
}

/** Gives the work a fresh folder that does not survive it. */
export async function withFolder(work: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pblab-grader-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
