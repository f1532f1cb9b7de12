/** Results to render: two submissions of which one fails, and a class with a rubric, a roster and a control arm. */

import { groupFailures } from '../../../../grader/results/failure-groups/group-failures.js';
import type { PlannedRun } from '../../../../grader/plan/plan.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { type Results, type SubmissionResults } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import type { SubmissionGrade } from '../../../../grader/rubric/grade.js';
import { rateOf } from '../../../../grader/tally/tally.js';
import type { RunRecord } from '../../../../harness/index.js';
import { submissionsThatFail } from '../../results/failure-groups/failures.js';
import { HOSTS } from '../outputs/made-up-results.js';
import { failing, planOf, recordOf, unknown } from '../../support.js';

const CONTEXT = {
  createdAt: '2026-01-02T03:14:05.000Z',
  machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
};

const LOST = 'kv-latest / lost-acknowledged-write / get';

const PLAN = planOf(
  ['reference', 'alice'],
  ['single-primary', 'concurrent-puts', 'forward-lost-then-failover', 'backup-dies-mid-forward'],
  100,
);

/** How each of Alice's runs ended; the reference passes everything. */
function ending({ submission, scenario, index }: PlannedRun): Partial<RunRecord> {
  if (submission.name === 'reference') return {};
  const evidence = { artifacts: `evidence/alice-${scenario}-${index}` };
  const lost = {
    ...evidence,
    reason: `c1 read k${index} = "" at ${index} ms, but c2's put of "x" had been acknowledged at 7 ms.`,
  };
  switch (scenario) {
    case 'concurrent-puts':
      if (index % 40 === 7) return failing(`${LOST} / after drop-reply`, lost);
      return index === 30 ? unknown('disturbed') : {};
    case 'forward-lost-then-failover':
      return failing(`${LOST} / after killed`, lost);
    case 'backup-dies-mid-forward':
      return index % 3 === 0
        ? failing('kv-clerk-retries / operation-timed-out / append / after hang', {
            ...evidence,
            class: 'liveness',
            reason: 'c1\'s append of "x" to k, asked at 567 ms, had no answer within 6000 ms.',
          })
        : failing(`of another kit \u001b[31m${'reset-mid-call '.repeat(9)}`, { class: 'crash' });
    default:
      return {};
  }
}

/** Nothing of the plan has been done. */
export const NOTHING_DONE: Results = buildResults(PLAN, [], CONTEXT);

export const TWO_SUBMISSIONS: Results = buildResults(
  PLAN,
  plannedRuns(PLAN).map((run) => recordOf(run, ending(run))),
  CONTEXT,
);

const MISTAKES = [
  { scenario: 'forward-lost-then-failover', signature: `${LOST} / after killed` },
  { scenario: 'concurrent-puts', signature: 'kv-clerk-retries / operation-timed-out / put' },
];
const NAMES = ['李小龍', 'Zoë', '👩‍💻 Ada', 'กำธร', 'Ye\u0301s', 'José'];

/** Twelve submissions: some sound, some with one of two mistakes, one that does not build. */
export function madeUpClass(): Results {
  const failures = Array.from({ length: 12 }, (_, index) =>
    MISTAKES.slice(0, index % 3).map((mistake) => ({
      ...mistake,
      submission: `student-${index}`,
      reason: `It failed at ${index} ms.`,
      count: 1 + index,
      artifacts: `evidence/student-${index}/7`,
    })),
  ).flat();
  const sound = Array.from({ length: 4 }, (_, index) => emptyOf(`student-${index * 3}`));
  const graded = [...sound, ...submissionsThatFail(failures)].map(withGrade);
  const broken: SubmissionResults = {
    ...emptyOf('student-12'),
    ungradable: 'go build ended with exit code 1',
  };
  const submissions = [...graded, broken].map((one, index) => ({
    ...one,
    students: [{ name: NAMES[index % NAMES.length] ?? '', id: String(index) }],
  }));
  const { groups, bySubmission } = groupFailures(submissions);
  return {
    ...NOTHING_DONE,
    submissions: submissions.map((one) => ({ ...one, groups: bySubmission.get(one.name) ?? [] })),
    groups,
    ...controlled(0),
    hosts: HOSTS,
    coverage: { runs: 240, met: 113, situations: 146 },
  };
}

function emptyOf(name: string): SubmissionResults {
  return { name, spec: `./${name}`, digest: 'd'.repeat(64), tallies: [] };
}

function withGrade(one: SubmissionResults): SubmissionResults {
  const failed = one.tallies.filter((tally) => tally.failed > 0);
  const grade: SubmissionGrade = {
    points: 20 - 7.5 * failed.length,
    maxPoints: 20,
    parts: [
      {
        name: 'all',
        points: 20 - 7.5 * failed.length,
        maxPoints: 20,
        scenarios: failed.map(({ scenario }, index) => ({
          scenario,
          points: 2.5,
          maxPoints: 10,
          status: index === 0 ? 'review' : 'none',
          hidden: false,
          rule: 'the interval straddles a step',
        })),
      },
    ],
  };
  return { ...one, grade };
}

/** A control arm with so many failures among 41 runs, and how late the kit was. */
export function controlled(failed: number): Pick<Results, 'control' | 'provenance'> {
  const failure = {
    scenario: 'chaos',
    signature: 'kv-latest / stale-read',
    class: 'safety' as const,
    count: failed,
    exampleRun: 'control/chaos/1',
    seed: '0123456789abcdef',
    reason: 'c1 read k = "" at 1 ms.',
  };
  return {
    control: {
      oneIn: 20,
      planned: 41,
      runs: 41,
      passed: 40 - failed,
      failed,
      unknown: 1,
      failureRate: rateOf(failed, 40),
      failures: failed === 0 ? [] : [failure],
      safe: failed === 0,
    },
    provenance: {
      kit: '0.1.0',
      plannedAt: '2026-01-02T03:04:05.000Z',
      createdAt: CONTEXT.createdAt,
      seed: 'golden',
      scenarios: {},
      machine: CONTEXT.machine,
      load: {
        disturbedAttempts: 3,
        attempts: 841,
        lagMs: { median: 2.4, p99: 31.2, worst: 120 },
      },
    },
  };
}
