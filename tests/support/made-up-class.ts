/**
 * A made-up class: results of any size in which students share a few mistakes, as those of real classes do. The
 * same seed gives the same class.
 */

import { randomFrom, SCENARIOS, type FailureClass, type Random } from '../../harness/index.js';
import { groupFailures } from '../../grader/results/failure-groups/group-failures.js';
import {
  RESULTS_FORMAT,
  type Results,
  type SubmissionResults,
} from '../../grader/results/results.js';
import { gradeSubmission, gradeUngradable } from '../../grader/rubric/grade-submission.js';
import type { Rubric, RubricScenario } from '../../grader/rubric/rubric.js';
import { rateOf } from '../../grader/tally/tally.js';
import { type FailureRate, type ScenarioTally } from '../../grader/tally/scenario-tally.js';

export interface ClassOptions {
  students: number;
  /** The first so many of the kit's; all of them unless said otherwise. */
  scenarios?: number;
  /** Of each scenario. */
  runs?: number;
  seed?: string;
  /** Whether it is graded by a rubric; it is, unless said otherwise. */
  graded?: boolean;
}

interface Mistake {
  signature: string;
  class: FailureClass;
  /** How likely a student makes it. */
  likely: number;
  /** Ids of scenarios that it shows in. */
  shows: RegExp;
  /** Failure rate in these. */
  rate: number;
}

const MISTAKES: readonly Mistake[] = [
  {
    signature: 'kv-latest / lost-acknowledged-write / get / after drop-reply',
    class: 'safety',
    likely: 0.3,
    shows: /^(?:forward|concurrent|backup-dies|repeated|chaos|read-survives)/,
    rate: 0.12,
  },
  {
    signature: 'kv-at-most-once / duplicate-append / append / after drop-reply',
    class: 'safety',
    likely: 0.2,
    shows: /append|retr|puthash/,
    rate: 0.6,
  },
  {
    signature: 'view-acknowledged / view-left-unacknowledged / after killed',
    class: 'safety',
    likely: 0.15,
    shows: /^view-(?:waits|un|ack|restarted|short)/,
    rate: 1,
  },
  {
    signature: 'kv-survival / operation-timed-out / put / after paused',
    class: 'liveness',
    likely: 0.25,
    shows: /frozen|out-of-reach|cut-off|slow|second|primary-failure/,
    rate: 0.03,
  },
  {
    signature: 'kit-process / exited / panic in pbservice.(*PBServer).<img src=x> / after killed',
    class: 'crash',
    likely: 0.1,
    shows: /transfer|restart|killed|deposed/,
    rate: 0.4,
  },
];

const HOSTILE = '</script><img src=x onerror="window.stolen=1">';

/** The class; the second student has a hostile name, and the last one's program cannot be built. */
export function makeClass({
  students,
  scenarios = SCENARIOS.length,
  runs = 50,
  seed = 'made-up',
  graded = true,
}: ClassOptions): Results {
  const ids = SCENARIOS.slice(0, scenarios).map(({ id }) => id);
  const rubric = graded ? makeRubric(ids) : undefined;
  const random = randomFrom(seed);
  const submissions = Array.from({ length: students }, (_, index) => {
    const isBroken = index > 2 && index === students - 1;
    return withGrade(
      makeSubmission(index, ids, runs, random.child(String(index)), isBroken),
      rubric,
    );
  });
  const machine = { cpus: 8, node: 'v20.19.0', platform: 'linux-x64' };
  const createdAt = '2026-03-14T15:09:26.000Z';
  return {
    format: RESULTS_FORMAT,
    kit: '0.3.0',
    createdAt,
    seed,
    runsPerScenario: runs,
    machine,
    submissions,
    ...(rubric === undefined ? {} : { rubric }),
    groups: groupFailures(submissions).groups,
    control: {
      oneIn: 20,
      planned: 500,
      runs: 500,
      passed: 498,
      failed: 0,
      unknown: 2,
      failureRate: rateOf(0, 498),
      failures: [],
      safe: true,
    },
    coverage: { runs: 5 * runs * students, met: 113, situations: 146 },
    provenance: {
      kit: '0.3.0',
      plannedAt: '2026-03-14T09:26:53.000Z',
      createdAt,
      seed,
      scenarios: Object.fromEntries(ids.map((id) => [id, '1'])),
      machine,
      load: {
        attempts: students * ids.length * runs,
        disturbedAttempts: students * 7,
        lagMs: { median: 1.2, p99: 14, worst: 61 },
      },
    },
  };
}

function withGrade(one: SubmissionResults, rubric: Rubric | undefined): SubmissionResults {
  if (rubric === undefined) return one;
  const { ungradable, tallies } = one;
  const grade =
    ungradable === undefined
      ? gradeSubmission(rubric, tallies)
      : gradeUngradable(rubric, ungradable);
  return { ...one, grade };
}

function makeSubmission(
  index: number,
  ids: readonly string[],
  runs: number,
  random: Random,
  broken: boolean,
): SubmissionResults {
  const name = index === 1 ? 'o-<b>-hostile' : `student-${String(index + 1).padStart(3, '0')}`;
  const made = MISTAKES.filter(({ likely }) => random.chance(likely));
  return {
    name,
    spec: `submissions/${name}`,
    digest: 'd'.repeat(64),
    students: [{ name: index === 1 ? HOSTILE : makeName(random), id: `s${10_000 + index}` }],
    ...(broken ? { ungradable: `It does not build: ${HOSTILE}` } : {}),
    ...(index === 2
      ? { suspicions: ['no fault ever bit in 14 scenarios in which it bites others'] }
      : {}),
    tallies: broken ? [] : ids.map((id) => makeTally(id, made, runs, random)),
  };
}

function makeTally(
  scenario: string,
  made: readonly Mistake[],
  runs: number,
  random: Random,
): ScenarioTally {
  const unknown = random.chance(0.02) ? random.integer(1, runs) : 0;
  const usable = runs - unknown;
  let left = usable;
  const signatures = made
    .filter(({ shows }) => shows.test(scenario))
    .map((mistake) => {
      const count = binomial(left, mistake.rate, random);
      left -= count;
      return {
        signature: mistake.signature,
        class: mistake.class,
        count,
        exampleRun: `made-up/${scenario}/0`,
        seed: '0123456789abcdef',
        reason: `What was seen is ${mistake.signature}.`,
      };
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const failed = usable - left;
  const durationMs = 300 + (scenario.length % 17) * 150;
  return {
    scenario,
    planned: runs,
    runs,
    passed: left,
    failed,
    unknown,
    failureRate: knownRate(failed, usable),
    word: wordOf(failed, usable),
    signatures,
    unknownCauses: unknown === 0 ? {} : { disturbed: unknown },
    durationMs: { mean: durationMs * 1.1, median: durationMs },
    cpuMs: { mean: durationMs / 2, median: durationMs / 3 },
  };
}

function wordOf(failed: number, usable: number): ScenarioTally['word'] {
  if (usable < 10) return 'undecided';
  if (failed === 0) return 'solid';
  return failed === usable ? 'broken' : 'flaky';
}

const rates = new Map<string, FailureRate>();

/** A class has few different counts. */
function knownRate(failed: number, usable: number): FailureRate {
  const key = `${failed}/${usable}`;
  const rate = rates.get(key) ?? rateOf(failed, usable);
  rates.set(key, rate);
  return rate;
}

function binomial(runs: number, rate: number, random: Random): number {
  return Array.from({ length: runs }, () => random.chance(rate)).filter(Boolean).length;
}

const FIRST = ['Ada', 'Björn', 'Chidi', 'Dolores', 'Eun-ji', 'Farid', 'Grace', 'Håkon', 'Ines'];
const LAST = ['Okafor', 'Lindqvist', 'Nakamura', 'O’Brien', 'Żółkowska', 'García Márquez', 'Li'];

function makeName(random: Random): string {
  return `${random.pick(FIRST)} ${random.pick(LAST)}`;
}

/** Two parts, the three kinds of policies, and a hidden scenario. */
function makeRubric(ids: readonly string[]): Rubric {
  const policies: RubricScenario['policy'][] = [
    { kind: 'all-or-nothing', atMost: 0.1 },
    { kind: 'linear', fullAtMost: 0, noneFrom: 0.5 },
    {
      kind: 'steps',
      steps: [
        { atMost: 0.08, share: 1 },
        { atMost: 0.3, share: 0.5 },
      ],
    },
  ];
  const scenarios = ids.map((scenario, index) => {
    const policy = policies[index % policies.length] ?? { kind: 'all-or-nothing', atMost: 0 };
    return { scenario, points: 1 + (index % 3), policy, hidden: index === 4 };
  });
  const isView = ({ scenario }: RubricScenario) => scenario.startsWith('view-');
  return {
    title: 'Lab 2: primary/backup',
    confidence: 0.95,
    gradedEnd: 'low',
    straddle: 'review',
    unjudged: 'review',
    chargeOnce: ['view-acknowledged / *'],
    parts: [
      { name: 'A: view service', scenarios: scenarios.filter(isView) },
      { name: 'B: key/value service', scenarios: scenarios.filter((one) => !isView(one)) },
    ].filter((part) => part.scenarios.length > 0),
  };
}
