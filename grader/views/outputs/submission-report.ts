/** The facts about a submission and its tests in every output. */

import { describeIsolation, UsageError } from '../../../harness/index.js';
import { describeControl, describeLoad, referenceFailed } from '../../tally/describe-control.js';
import { describeHostRuns } from '../../tally/describe-hosts.js';
import { describeIncidents } from '../../tally/incident-tally.js';
import { count } from '../../text/count.js';
import { oncePer } from '../../ground/once-per.js';
import type { Provenance } from '../../tally/provenance.js';
import { isCoveredUp, redactFor } from '../../results/redaction.js';
import { STATUS_WORDS } from '../../tally/ungradable.js';
import { describeTooLittle, tooLittleIsolation } from '../../results/safety.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { sumOfPoints } from '../../rubric/hundredths.js';
import { testsOf, type ReportedTest, type TestStatus } from './reported-test.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { cleaned, sanitizeLine, shorten } from '../../text/sanitize.js';

export interface SubmissionReport {
  name: CleanText;
  /** The names of its students where they are known, else the submission's. */
  title: CleanText;
  points?: number;
  maxPoints?: number;
  /** The parts of the rubric with their own names; none without a rubric. */
  parts: { name: CleanText; points: number }[];
  /** Points if there are any, and how many tests passed and failed, as one sentence without its full stop. */
  headline: string;
  /** Limits of the results, each as a phrase. */
  notes: string[];
  /** In the order of the rubric, then those without points. */
  tests: ReportedTest[];
  /** Where the results come from. */
  origin: CleanText;
  /** When the results were generated; ISO 8601, UTC. */
  createdAt: CleanText;
}

/** A report on each submission, for staff and machines. */
export const reportsOn = oncePer((results: Results) => {
  const readable = cleaned(results);
  return readable.submissions.map((submission) => reportOn(readable, submission));
});

/** A report for each student by the submission's name, made of results that are redacted for that student. */
export const studentReportsOn = oncePer(
  (results: Results): ReadonlyMap<string, SubmissionReport> =>
    new Map(
      results.submissions.flatMap(({ name }) =>
        reportsOn(redactFor(results, name)).map((report) => [name, report] as const),
      ),
    ),
);

function reportOn(results: Clean<Results>, submission: Clean<SubmissionResults>): SubmissionReport {
  const { name, grade } = submission;
  const tests = testsOf(submission);
  return {
    name: shorten(name, LENGTHS.name),
    title: peopleOf(submission, LENGTHS.name),
    ...(grade === undefined ? {} : { points: grade.points, maxPoints: grade.maxPoints }),
    parts: (grade?.parts ?? []).map((part) => ({ name: part.name, points: part.points })),
    headline: headlineOf(tests, submission),
    notes: [
      ...safetyNotes(results),
      ...notRunNote(submission),
      ...reviewNote(tests, submission),
      ...raceNote(submission),
      ...incidentNote(submission),
    ],
    tests,
    origin: originOf(results),
    createdAt: results.createdAt,
  };
}

/** @throws UsageError where it has no points, which this course system needs. */
export function pointsFor(
  system: string,
  { name, points, maxPoints }: SubmissionReport,
): { points: number; maxPoints: number } {
  if (points !== undefined && maxPoints !== undefined) return { points, maxPoints };
  throw new UsageError(`${name} has no points, and ${system} needs them`, {
    hint: 'grade it with --rubric FILE',
  });
}

/** For what cannot be graded, its only test has the reason. */
function headlineOf(
  tests: readonly ReportedTest[],
  { grade, status, ungradable }: SubmissionResults,
): string {
  if (ungradable !== undefined) {
    const what = STATUS_WORDS[status?.kind ?? 'not-understood'];
    return grade === undefined ? what : `${grade.points} of ${grade.maxPoints} points; ${what}`;
  }
  // Only the points of a hidden test are known here, and these do not show whether it failed.
  const shown = tests.filter(({ id }) => !isCoveredUp(id));
  const hidden = tests.length - shown.length;
  const number = (which: TestStatus) => shown.filter((test) => test.status === which).length;
  const counts = [
    `${count(number('passed'), 'test')} passed`,
    `${number('failed')} failed`,
    ...(number('unknown') > 0 ? [`${number('unknown')} could not be judged`] : []),
    ...(number('skipped') > 0 ? [`${number('skipped')} left out`] : []),
    ...(hidden > 0 ? [`${hidden} hidden`] : []),
  ].join(', ');
  return grade === undefined ? counts : `${grade.points} of ${grade.maxPoints} points; ${counts}`;
}

/** A grading that is unsafe to publish is to be called that wherever it is shown. */
export function safetyNotes(results: Results): string[] {
  const { control } = results;
  const isolation = tooLittleIsolation(results);
  return [
    ...(control === undefined || control.safe
      ? []
      : [`not to be relied on: ${referenceFailed(control)} on the same machine`]),
    ...(isolation === undefined
      ? []
      : [`not to be relied on: ${describeTooLittle(isolation)} (isolation ${isolation.level})`]),
  ];
}

/** A note on the scenarios that students may see; hidden scenarios are among the points that are not final. */
function notRunNote({ grade, tallies, leftOut = [], ungradable }: SubmissionResults): string[] {
  if (grade === undefined || ungradable !== undefined) return [];
  const known = new Set([...tallies.map(({ scenario }) => scenario), ...leftOut]);
  const others = grade.parts
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ scenario }) => !isCoveredUp(scenario) && !known.has(scenario));
  if (others.length === 0) return [];
  const worth = sumOfPoints(others.map(({ maxPoints }) => maxPoints));
  return [
    `not part of this grading: ${count(others.length, 'test')} of the rubric, worth ${worth} of ${count(grade.maxPoints, 'point')}`,
  ];
}

function reviewNote(tests: readonly ReportedTest[], { ungradable }: SubmissionResults): string[] {
  if (ungradable !== undefined) return ['these points are not final: staff look at it'];
  const open = tests.filter(({ review }) => review).length;
  return open === 0
    ? []
    : [`the points of ${count(open, 'test')} are not final: staff look at them`];
}

function raceNote({ tallies }: SubmissionResults): string[] {
  const runs = tallies.reduce((sum, { races }) => sum + (races?.runs ?? 0), 0);
  return runs === 0 ? [] : [`data races were reported in ${count(runs, 'run')}`];
}

/** For staff: redacted results have no incidents. */
function incidentNote({ incidents = [] }: SubmissionResults): string[] {
  return incidents.length === 0 ? [] : [`incidents: ${describeIncidents(incidents)}`];
}

function originOf(results: Clean<Results>): CleanText {
  const { kit, seed, runsPerScenario, machine, createdAt, control, provenance } = results;
  const { isolation, hosts } = results;
  const { cpus, node, platform } = machine;
  const sentences = [
    `made with pblab ${kit}, seed ${shorten(seed, LENGTHS.name)}, ${isSequential(results) ? 'at most ' : ''}${count(runsPerScenario, 'run')} of each scenario, ${platform} with ${count(cpus, 'processor')}, Node ${node}, ${createdAt}`,
    ...(provenance?.regrades ?? [])
      .slice(-1)
      .map(({ at, kit: by }) => `graded again with pblab ${by}, ${at}`),
    ...(provenance === undefined ? [] : describeLoad(provenance.load)),
    ...(isolation === undefined ? [] : [`isolation ${describeIsolation(isolation)}`]),
    ...(control === undefined ? [] : [describeControl(control)]),
    ...(hosts === undefined ? [] : [describeHostRuns(hosts)]),
    ...(provenance === undefined ? [] : [versionsOf(provenance)]),
  ];
  return sanitizeLine(sentences.join('; '), LENGTHS.paragraph);
}

/** Whether runs end as soon as enough is known. */
function isSequential({ submissions }: Results): boolean {
  return submissions.some(({ tallies }) =>
    tallies.some(({ failureRate }) => failureRate.method === 'anytime-valid'),
  );
}

/** Most scenarios have their first version. */
function versionsOf({ scenarios }: Provenance): string {
  const others = Object.entries(scenarios).filter(([, version]) => version !== '1');
  const named = others.map(([id, version]) => `${id} ${version}`).join(', ');
  return others.length === 0 ? 'scenarios of version 1' : `scenarios of version 1, except ${named}`;
}
