/** Submissions that fail as asked, for tests of groups. */

import type { FailureClass, RunRecord } from '../../../../harness/index.js';
import { groupBy } from '../../../../grader/ground/group-by.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { type SubmissionResults } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { planOf, recordOf } from '../../support.js';

export interface MadeUpFailure {
  submission: string;
  scenario: string;
  signature: string;
  reason: string;
  class?: FailureClass;
  /** Runs that fail so; one unless said otherwise. */
  count?: number;
  artifacts?: string;
  /** How its run would have ended without it. */
  besides?: RunRecord['besides'];
}

const CONTEXT = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

/** The results of submissions that fail in these ways and in no other. */
export function submissionsThatFail(failures: readonly MadeUpFailure[]): SubmissionResults[] {
  const cells = groupBy(failures, ({ submission, scenario }) => `${submission} ${scenario}`);
  const namesOf = (key: 'submission' | 'scenario') => [
    ...groupBy(failures, (one) => one[key]).keys(),
  ];
  const repeated = [...cells.values()].map((cell) => cell.flatMap(timesItsCount));
  const runs = Math.max(0, ...repeated.map(({ length }) => length));
  const bySubmission = new Map(
    repeated.map((cell) => [`${cell[0]?.submission} ${cell[0]?.scenario}`, cell]),
  );
  const plan = planOf(namesOf('submission'), namesOf('scenario'), runs);
  const records = plannedRuns(plan).map((run) => {
    const failure = bySubmission.get(`${run.submission.name} ${run.scenario}`)?.[run.index];
    return recordOf(run, failure === undefined ? {} : recordedAs(failure));
  });
  return buildResults(plan, records, CONTEXT).submissions;
}

function timesItsCount(failure: MadeUpFailure): MadeUpFailure[] {
  return Array.from({ length: failure.count ?? 1 }, () => failure);
}

function recordedAs(failure: MadeUpFailure) {
  const { signature, reason, class: kind = 'safety', artifacts, besides } = failure;
  const evidence = artifacts === undefined ? {} : { artifacts };
  const own = besides === undefined ? {} : { besides };
  return { verdict: 'fail', class: kind, signature, reason, ...evidence, ...own } as const;
}
