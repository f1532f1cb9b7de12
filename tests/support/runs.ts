/** Runs of tiny scenarios with tiny submissions, for tests of what a run makes of them. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deadlines } from '../../harness/checkers/deadlines.js';
import type { Session } from '../../harness/process/session.js';
import { runOnce, type RunRequest } from '../../harness/run/run.js';
import type { RunRecord } from '../../harness/record/record.js';
import type { Scenario } from '../../harness/scenarios/stage/scenario.js';
import { parseManifest, type Manifest } from '../../harness/submission/manifest.js';
import type { Submission } from '../../harness/submission/submission.js';
import { submissionPath } from './programs.js';
import { skipTestIn } from './session.js';

/** Programs of tests are not part of the submissions that start them. */
const PACKAGE_ROOT = resolve(import.meta.dirname, '../../..');

/** A submission of `tests/submissions`, run where it lies, with some commands replaced. */
export function submission(name: string, run: Partial<Manifest['run']> = {}): Submission {
  const root = submissionPath(name);
  const file = join(root, 'pblab.yaml');
  const manifest = parseManifest(readFileSync(file, 'utf8'), file);
  if (manifest.preset !== 'process') throw new Error(`${file} does not say what to run`);
  return {
    name,
    spec: root,
    digest: '0'.repeat(32),
    root,
    manifest: { ...manifest, run: { ...manifest.run, ...run } },
  };
}

/** A scenario of a test, judged by its deadlines unless it says otherwise. */
export function scenario(run: Scenario['run'], more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'test-scenario',
    title: 'A scenario of a test',
    part: 'B',
    source: 'kv-latest',
    tier: 'implied',
    requires: [],
    points: 1,
    deadlineMs: 20_000,
    checkers: [deadlines],
    run,
    ...more,
  };
}

/** What a test wants to run; the rest of a request is made up, with seed "test". */
export type TestRun = Pick<RunRequest, 'submission' | 'scenario'> & Partial<RunRequest>;

/** Attempts at a run that a busy machine disturbs, as a grading makes them too. */
const ATTEMPTS = 4;

/** Runs until the run was not disturbed; skips the test where the machine is too busy for that. */
export async function runTest(run: TestRun, session: Session): Promise<RunRecord> {
  const record = await runPatiently(run, session);
  if (record.cause === 'disturbed') skipTestIn(session);
  return record;
}

/** The same, and gives the record of the last attempt where all were disturbed. */
export async function runPatiently(run: TestRun, session: Session): Promise<RunRecord> {
  for (let attempt = 0; ; attempt++) {
    const record = await runOnceAsTest({ attempt, ...run }, session);
    if (record.cause !== 'disturbed' || attempt + 1 === ATTEMPTS) return record;
  }
}

/** Runs once, disturbed or not. */
export function runOnceAsTest(run: TestRun, session: Session): Promise<RunRecord> {
  const { readable = [], ...rest } = run.submission;
  return runOnce(
    {
      key: 'test',
      attempt: 0,
      index: 0,
      seed: 'test',
      ...run,
      submission: { ...rest, readable: [...readable, PACKAGE_ROOT] },
    },
    session,
  );
}
