/**
 * The facts about a test in every output: status, points, counts, and the failures with the command that repeats them.
 * All texts are clean and bounded here, so that the formats agree with each other and have only to escape.
 */

import { buildSignature, findScenario } from '../../../harness/index.js';
import { replayAtHome, testAtHome } from '../../text/student-commands.js';
import { describeTally } from '../../tally/describe-tally.js';
import { isCoveredUp } from '../../results/redaction.js';
import type { SubmissionResults } from '../../results/results.js';
import type { ScenarioGrade } from '../../rubric/grade.js';
import type { ScenarioTally, SignatureCount } from '../../tally/scenario-tally.js';
import { whyUngradable, type Status } from '../../tally/ungradable.js';
import { LENGTHS, type Clean, type CleanText } from '../../text/clean-text.js';
import { sanitizeLine, shorten } from '../../text/sanitize.js';

/** Kinds of failures that are shown of one test. */
const FAILURES_TOLD = 20;

/**
 * `unknown`: no run of it can be judged, so it costs nothing yet; `skipped`: it was not run, because the submission
 * does not offer what it needs.
 */
export type TestStatus = 'passed' | 'failed' | 'unknown' | 'skipped';

/** Like failures of a test. */
export interface ReportedFailure {
  count: number;
  class: SignatureCount['class'];
  signature: CleanText;
  reason: CleanText;
  /** Key of one such run. */
  run: CleanText;
  seed: CleanText;
  /** The command that runs it again at home. */
  replay: string;
  /** Evidence folder, relative to the grading's directory. */
  artifacts?: CleanText;
}

export interface ReportedTest {
  /** The scenario's id, or `hidden-1` for a student who may not see which it is. */
  id: CleanText;
  title: CleanText;
  part: CleanText;
  status: TestStatus;
  hidden: boolean;
  /** Staff have to look at it before its points are final. */
  review: boolean;
  /** Both or none, and none without a rubric. */
  points?: number;
  maxPoints?: number;
  /** How often it failed and how sure that is, in one sentence without its full stop. */
  says: CleanText;
  /** Why so many points, in the same way. */
  rule?: CleanText;
  tally?: Clean<ScenarioTally>;
  /** The most frequent first; at most 20. */
  failures: ReportedFailure[];
}

/**
 * In the order of the rubric, then those without points; at least one. What cannot be graded has a single test, so that
 * its reason is shown once.
 */
export function testsOf(submission: Clean<SubmissionResults>): ReportedTest[] {
  const { grade, tallies, ungradable } = submission;
  if (ungradable !== undefined) return [wholeTest(submission)];
  const byScenario = new Map(tallies.map((tally) => [tally.scenario, tally]));
  const graded = (grade?.parts ?? []).flatMap(({ name, scenarios }) =>
    scenarios.map((one) => gradedTest(submission, name, one, byScenario.get(one.scenario))),
  );
  const known = new Set(graded.map(({ id }) => id));
  const ungraded = [
    ...tallies.map(({ scenario }) => scenario),
    ...(submission.leftOut ?? []),
  ].filter((id) => !known.has(id));
  const rest = ungraded.map((id) => plainTest(submission, id, byScenario.get(id)));
  const all = [...graded, ...rest];
  return all.length === 0 ? [wholeTest(submission)] : all;
}

function gradedTest(
  submission: Clean<SubmissionResults>,
  part: CleanText,
  grade: Clean<ScenarioGrade>,
  tally: Clean<ScenarioTally> | undefined,
): ReportedTest {
  const { scenario, points, maxPoints, hidden } = grade;
  return {
    ...plainTest(submission, scenario, tally),
    ...(isCoveredUp(scenario) ? hiddenTest(scenario, grade) : {}),
    part: shorten(part, LENGTHS.name),
    status: gradedStatus(submission, grade, tally),
    hidden,
    review: grade.status === 'review',
    points,
    maxPoints,
    rule: shorten(grade.rule, LENGTHS.paragraph),
  };
}

/** A hidden test as a student sees it. */
function hiddenTest(id: CleanText, { points, maxPoints }: Clean<ScenarioGrade>) {
  return {
    title: kitText(id.replaceAll('-', ' ')),
    says: kitText(`${points} of ${maxPoints} points`),
  };
}

function gradedStatus(
  { leftOut = [] }: Clean<SubmissionResults>,
  { scenario, points, maxPoints, status, pointsIfLeftOut }: Clean<ScenarioGrade>,
  tally: Clean<ScenarioTally> | undefined,
): TestStatus {
  if (leftOut.includes(scenario)) return 'skipped';
  // Whether a hidden one could be judged is not known here; while points may come yet, it does not count as failed.
  const isOpen = isCoveredUp(scenario)
    ? status === 'review' && points < maxPoints
    : usableRuns(tally) === 0;
  if (isOpen) return 'unknown';
  // Runs are missing that could cost points, so nothing is known yet of one that never failed.
  if (tally?.failed === 0 && pointsIfLeftOut !== undefined) return 'unknown';
  // Where points are given for what is proven, one that never failed may not get all of them. It did not fail.
  if (tally?.failed === 0) return 'passed';
  return points >= maxPoints ? 'passed' : 'failed';
}

function plainTest(
  submission: Clean<SubmissionResults>,
  id: CleanText,
  tally: Clean<ScenarioTally> | undefined,
): ReportedTest {
  const scenario = findScenario(id);
  return {
    id: shorten(id, LENGTHS.name),
    title: kitText(scenario?.title ?? id),
    part: kitText(scenario?.part === 'A' ? 'view service' : 'key/value service'),
    status: plainStatus(submission, id, tally),
    hidden: false,
    review: false,
    says: kitText(sentenceOn(submission, id, tally)),
    ...(tally === undefined ? {} : { tally }),
    failures: (tally?.signatures ?? [])
      .slice(0, FAILURES_TOLD)
      .map((one) => reportedFailure(id, one)),
  };
}

/** The status, as for the exit code of a grading: one failure is a failure, and a pass needs a usable run. */
function plainStatus(
  { leftOut = [] }: Clean<SubmissionResults>,
  id: CleanText,
  tally: Clean<ScenarioTally> | undefined,
): TestStatus {
  if (leftOut.includes(id)) return 'skipped';
  if (usableRuns(tally) === 0) return 'unknown';
  return (tally?.failed ?? 0) > 0 ? 'failed' : 'passed';
}

function usableRuns(tally: Clean<ScenarioTally> | undefined): number {
  return tally === undefined ? 0 : tally.passed + tally.failed;
}

function sentenceOn(
  { leftOut = [] }: Clean<SubmissionResults>,
  id: CleanText,
  tally: Clean<ScenarioTally> | undefined,
): string {
  if (leftOut.includes(id)) return 'not run: the submission does not offer the operations it needs';
  return tally === undefined ? 'not run' : describeTally(tally);
}

const WHOLE_TITLES = {
  'not-understood': 'Reading the submission',
  'not-built': 'Building the submission',
  'not-started': 'Starting the submission',
} as const satisfies Record<Status['kind'], string>;

/**
 * The only test of a submission that could not be graded, or of which no scenario was run. Staff have to look at it.
 */
function wholeTest({ ungradable, status, grade }: Clean<SubmissionResults>): ReportedTest {
  const kind = status?.kind ?? 'not-understood';
  return {
    id: kitText('submission'),
    title: kitText(WHOLE_TITLES[kind]),
    part: kitText('submission'),
    status: ungradable === undefined ? 'unknown' : 'failed',
    hidden: false,
    review: true,
    ...(grade === undefined ? {} : { points: grade.points, maxPoints: grade.maxPoints }),
    says: kitText(
      ungradable === undefined ? 'no scenario was run' : whyUngradable(ungradable, status),
    ),
    failures: status?.printed === undefined ? [] : [buildFailure(status, status.printed)],
  };
}

/** The output of a compiler, as a failure with a command that repeats it. */
function buildFailure({ artifacts }: Clean<Status>, printed: CleanText): ReportedFailure {
  return {
    count: 1,
    class: 'build',
    signature: kitText(buildSignature('build-failed')),
    reason: shorten(printed, LENGTHS.block),
    run: kitText('its build'),
    seed: kitText(''),
    replay: testAtHome('DIR'),
    ...(artifacts === undefined ? {} : { artifacts: shorten(artifacts, LENGTHS.sentence) }),
  };
}

function reportedFailure(scenario: CleanText, one: Clean<SignatureCount>): ReportedFailure {
  const seed = shorten(one.seed, LENGTHS.name);
  const id = shorten(scenario, LENGTHS.name);
  return {
    count: one.count,
    class: one.class,
    signature: shorten(one.signature, LENGTHS.sentence),
    reason: shorten(one.reason, LENGTHS.paragraph),
    run: shorten(one.exampleRun, LENGTHS.sentence),
    seed,
    replay: replayAtHome({ ...one, scenario: id, seed }, 'DIR'),
    ...(one.artifacts === undefined ? {} : { artifacts: shorten(one.artifacts, LENGTHS.sentence) }),
  };
}

/** A sentence of the kit's own words around parts of the results. */
function kitText(words: string): CleanText {
  return sanitizeLine(words, LENGTHS.paragraph);
}

/** Tests that went wrong before the others; of these the ones that cost or weigh most. */
export function worstFirst<Test extends ReportedTest>(tests: readonly Test[]): Test[] {
  const order: readonly TestStatus[] = ['failed', 'unknown', 'passed', 'skipped'];
  const lost = ({ points = 0, maxPoints = 0 }: ReportedTest) => maxPoints - points;
  const rate = ({ tally }: ReportedTest) => tally?.failureRate.estimate ?? 0;
  return tests.toSorted(
    (a, b) =>
      order.indexOf(a.status) - order.indexOf(b.status) || lost(b) - lost(a) || rate(b) - rate(a),
  );
}

/** A failure in one line: how often, its kind, and what was seen in one such run. */
export function describeFailure({ count: times, class: kind, reason }: ReportedFailure): string {
  return `${times} × ${kind}: ${reason}`;
}

/** The most frequent failure and how to run it again, each in one line; none without a failure. */
export function firstFailure({ failures }: Pick<ReportedTest, 'failures'>): string[] {
  return failures.slice(0, 1).flatMap((one) => [describeFailure(one), one.replay]);
}

/** A test in one line, with its first failure. */
export function testInOneLine(
  { says, failures }: Pick<ReportedTest, 'says' | 'failures'>,
  more: readonly string[] = [],
): CleanText {
  return sanitizeLine([says, ...firstFailure({ failures }), ...more].join('; '), LENGTHS.block);
}
