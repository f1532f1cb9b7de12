/** Results of a small class that is made up: what outputs are tried on. */

import type { FailureGroup } from '../../../../grader/results/failure-groups/group.js';
import type { PlannedRun } from '../../../../grader/plan/plan.js';
import { plannedRuns } from '../../../../grader/plan/run-cells.js';
import { type Results, type SubmissionResults } from '../../../../grader/results/results.js';
import { buildResults } from '../../../../grader/results/build-results.js';
import { gradeSubmission, gradeUngradable } from '../../../../grader/rubric/grade-submission.js';
import { type ScenarioGrade, type SubmissionGrade } from '../../../../grader/rubric/grade.js';
import type { Student } from '../../../../grader/plan/roster/roster.js';
import type { Rubric, RubricScenario } from '../../../../grader/rubric/rubric.js';
import { rateOf } from '../../../../grader/tally/tally.js';
import type { RunRecord } from '../../../../harness/index.js';
import { failing, planOf, recordOf, unknown } from '../../support.js';

/** Text from submissions, as it is found in every place that a submission or a roster can write to. */
export interface HostileText {
  /** Reason and signature of every failure, and why a submission cannot be run. */
  told: string;
  /** Of a student, and of everything that a roster says. */
  student: string;
}

const HARMLESS: HostileText = { told: 'c1 read "k" = "", but "x" was acknowledged.', student: '' };

const SCENARIOS = [
  'view-first-primary',
  'view-late-pings',
  'concurrent-appends',
  'forward-lost-then-failover',
  'repeated-crash',
  'chaos',
];

/** Students see no more of these than their points. */
export const HIDDEN = ['view-late-pings', 'repeated-crash', 'chaos'];

const RUBRIC: Rubric = {
  title: 'Lab 2',
  confidence: 0.95,
  gradedEnd: 'low',
  straddle: 'review',
  unjudged: 'review',
  chargeOnce: [],
  parts: [
    { name: 'View service', scenarios: SCENARIOS.slice(0, 2).map((id) => worth(id, 10)) },
    { name: 'Key/value service', scenarios: SCENARIOS.slice(2).map((id) => worth(id, 20)) },
  ],
};

function worth(scenario: string, points: number): RubricScenario {
  const policy = { kind: 'linear', fullAtMost: 0, noneFrom: 0.5 } as const;
  return { scenario, points, policy, hidden: HIDDEN.includes(scenario) };
}

export const PLAN = planOf(['alice', 'bob', 'carol', 'dave'], SCENARIOS, 20);

/** How each run ends: Bob's all pass, Carol's cannot be done, and Alice and Dave have failures of several kinds. */
function ending(run: PlannedRun, { told }: HostileText): Partial<RunRecord> {
  const { submission, scenario, index } = run;
  const evidence = { artifacts: `evidence/${submission.name}/${scenario}/${index}`, reason: told };
  if (submission.name === 'bob') return {};
  if (scenario === 'concurrent-appends' && index % 8 === 3) {
    return failing(`kv-latest / lost-append / ${told}`, evidence);
  }
  if (scenario === 'forward-lost-then-failover') {
    return index % 2 === 0
      ? failing('kv-forwarding / lost-acknowledged-write', evidence)
      : failing(`kit-process / exited / ${told}`, { class: 'crash', reason: told });
  }
  if (scenario === 'repeated-crash' && index < 7) {
    return failing('secret-signature of a hidden scenario', {
      artifacts: `evidence/${submission.name}/secret/${index}`,
      reason: 'A secret reason.',
    });
  }
  if (scenario === 'chaos') return unknown(index < 3 ? 'disturbed' : 'fault-never-bit');
  return {};
}

export function recordsOf(text: HostileText = HARMLESS): RunRecord[] {
  return plannedRuns(PLAN)
    .filter(({ submission }) => submission.name !== 'carol')
    .map((run) => recordOf(run, ending(run, text)));
}

/** Results without a rubric and a roster. */
export function plainResults(text: HostileText = HARMLESS): Results {
  return buildResults(PLAN, recordsOf(text), {
    createdAt: '2026-01-02T03:14:05.000Z',
    machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-x64' },
  });
}

/** Two hosts of different machines, of which one is unsafe. */
export const HOSTS: NonNullable<Results['hosts']> = [
  {
    name: 'lab-a',
    machine: { cpus: 16, model: 'AMD EPYC', node: 'v20.19.0', platform: 'linux-x64' },
    isolation: 'full',
    runs: 320,
    control: { runs: 17, failed: 0 },
    load: { disturbedAttempts: 2, attempts: 322, lagMs: { median: 1, p99: 14, worst: 30 } },
  },
  {
    name: 'lab-b',
    machine: { cpus: 2, node: 'v20.19.0', platform: 'linux-arm64' },
    isolation: 'full',
    runs: 41,
    control: { runs: 3, failed: 0 },
    load: { disturbedAttempts: 4, attempts: 44, lagMs: { median: 9, p99: 70, worst: 90 } },
  },
  {
    name: 'old-lab',
    machine: { cpus: 4, model: 'Core i5', node: 'v20.19.0', platform: 'linux-x64' },
    isolation: 'full',
    runs: 0,
    control: { runs: 2, failed: 1 },
    load: { disturbedAttempts: 0, attempts: 37, lagMs: { median: 30, p99: 400, worst: 900 } },
    unsafe: { why: 'the control run of repeated-crash failed there: c1 read k = "".', voided: 37 },
  },
];

/** With everything that results can have. */
export function gradedResults(text: HostileText = HARMLESS): Results {
  const plain = plainResults(text);
  return {
    ...plain,
    submissions: plain.submissions.map((one) => graded(one, text)),
    rubric: RUBRIC,
    groups: [groupOf(['alice', 'dave'], ['repeated-crash'], text)],
    control: controlOf(plain),
    hosts: HOSTS,
    provenance: {
      kit: plain.kit,
      plannedAt: PLAN.createdAt,
      createdAt: plain.createdAt,
      seed: plain.seed,
      scenarios: Object.fromEntries(SCENARIOS.map((id) => [id, '1'])),
      machine: plain.machine,
      load: { disturbedAttempts: 6, attempts: 366, lagMs: { median: 1, p99: 20, worst: 90 } },
    },
  };
}

/** Carol's cannot be run; Dave is in no roster. */
function graded(one: SubmissionResults, text: HostileText): SubmissionResults {
  const { name } = one;
  const tallies = name === 'carol' ? [] : one.tallies;
  return {
    ...one,
    tallies,
    ...(name === 'dave' ? {} : { students: [studentOf(name, text)] }),
    ...(name === 'carol' ? { ungradable: `no package pbservice: ${text.told}` } : {}),
    grade: withPlainRules(
      name === 'carol' ? gradeUngradable(RUBRIC, '') : gradeSubmission(RUBRIC, tallies),
    ),
    groups: [
      groupOf([name], ['concurrent-appends'], text),
      groupOf([name], ['concurrent-appends', 'repeated-crash'], text),
    ],
    suspicions: ['It seems to avoid repeated-crash.'],
  };
}

/** How a rule is worded is no business of an output. */
function withPlainRules(grade: SubmissionGrade): SubmissionGrade {
  const plain = (one: ScenarioGrade) => ({
    ...one,
    rule: `${one.points} of ${one.maxPoints} points by the policy`,
  });
  const parts = grade.parts.map((part) => ({ ...part, scenarios: part.scenarios.map(plain) }));
  return { ...grade, parts };
}

function studentOf(name: string, { student }: HostileText): Student {
  const number = { alice: '1001', bob: '1002', carol: '1003' }[name] ?? '1004';
  return {
    name: `${student}${name} example`,
    id: number,
    email: `${name}@example.edu`,
    other: { 'SIS Login ID': name, Identifier: `Participant ${number}`, note: `a note ${student}` },
  };
}

function groupOf(names: string[], scenarios: string[], { told }: HostileText): FailureGroup {
  const isHidden = scenarios.some((id) => HIDDEN.includes(id));
  return {
    id: isHidden ? 'secret-signature of a hidden scenario' : 'kv-latest / lost-append',
    class: 'safety',
    title: isHidden ? 'a secret title' : told,
    signatures: [isHidden ? 'secret-signature of a hidden scenario' : 'kv-latest / lost-append'],
    scenarios,
    submissions: names.map((name) => ({ name, failures: 3, scenarios })),
    says: isHidden ? 'A secret reason.' : told,
    failures: 3 * names.length,
    exampleRun: `${names[0]}/${scenarios.at(-1)}/0`,
    comment: isHidden ? 'A secret comment.' : told,
  };
}

function controlOf({ submissions }: Results): NonNullable<Results['control']> {
  const failures = (submissions[0]?.tallies ?? []).flatMap(({ scenario, signatures }) =>
    signatures.slice(0, 1).map((one) => ({ ...one, scenario, count: 1 })),
  );
  return {
    oneIn: 20,
    planned: 24,
    runs: 24,
    passed: 22,
    failed: 2,
    unknown: 0,
    failureRate: rateOf(2, 24),
    failures,
    safe: false,
  };
}
