/** Why a scenario earns its points, as one sentence without its full stop for the student whose points they are. */

import { count, percentRange } from '../text/count.js';
import { MINIMUM_USABLE_RUNS } from '../statistics/enough-runs.js';
import { sanitizeLine } from '../text/sanitize.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';
import type { EarnedPoints } from './earned-points.js';
import {
  describePolicy,
  isRatePolicy,
  kindOf,
  type RatePolicy,
  type TestPolicy,
} from './policies/registry.js';
import { describeShare, shortPercent } from './policies/share-words.js';
import { hasSteps } from './policy.js';
import type { Rubric, RubricScenario } from './rubric.js';

const WHY_LENGTH = 500;

/** Failures that are charged in another scenario. */
export interface ChargedElsewhere {
  /** Where most of them are charged. */
  scenario: string;
  /** Number of failures, wherever they are charged. */
  failures: number;
  /** Whether that is in further scenarios, too. */
  andOthers: boolean;
}

/** The rule by which a scenario that could be judged was graded, in words. */
export function describeRule(
  rubric: Rubric,
  worth: RubricScenario,
  tally: ScenarioTally,
  earned: EarnedPoints,
  elsewhere: ChargedElsewhere | undefined,
): string {
  const { low, high } = earned.interval;
  const sure = `${shortPercent(rubric.confidence)} interval`;
  const found = `${finding(tally, elsewhere)} (${sure} ${percentRange(low, high)})`;
  const why = earning(rubric, worth, earned);
  return [
    found,
    ...(earned.points === earned.pointsIfLeftOut ? why : [whyOpen(earned, tally, why)]),
    ...(isThin(tally) ? [thinness(tally)] : []),
    ...(elsewhere !== undefined && tally.passed === 0
      ? ['no run of it passed, so staff look at it']
      : []),
  ].join('; ');
}

function earning(rubric: Rubric, worth: RubricScenario, earned: EarnedPoints): string[] {
  const { policy } = worth;
  if (!isRatePolicy(policy)) return [decision(rubric, policy, earned)];
  const { interval, rate, isTooFew } = earned;
  const end = `the ${rubric.gradedEnd} end counts`;
  const seen = 'with so few runs the rate itself counts';
  if (earned.nothingPassed) return ['no run passed, so no points'];
  return [
    `${rate === interval[rubric.gradedEnd] ? end : seen}, and ${policyAt(policy, rate)}`,
    ...otherEnd(rubric, worth, earned),
    ...(isTooFew ? [`fewer than ${MINIMUM_USABLE_RUNS} runs are too few to know`] : []),
  ];
}

/** The points for now, and the change that the runs without a verdict would make, in words. */
function whyOpen(
  { unjudged, points, pointsIfLeftOut }: EarnedPoints,
  { planned }: ScenarioTally,
  why: readonly string[],
): string {
  const them = `${unjudged} of ${count(planned, 'planned run')} could not be judged or ${unjudged === 1 ? 'was' : 'were'} not done`;
  return `${them}, so staff decide: ${count(points, 'point')} for now, as if ${unjudged === 1 ? 'it' : 'they'} had failed; without ${unjudged === 1 ? 'it' : 'them'} ${count(pointsIfLeftOut, 'point')} (${why.join('; ')})`;
}

/**
 * Whether less than half of the planned runs could be judged. What is proven by few runs is little, so few of
 * them may earn much: a submission must not gain by runs that could not be judged.
 */
export function isThin({ planned, passed, failed }: ScenarioTally): boolean {
  return 2 * (passed + failed) < planned;
}

function thinness({ planned, passed, failed }: ScenarioTally): string {
  return `only ${passed + failed} of ${count(planned, 'run')} could be judged, so staff look at it`;
}

/** The rule by which a scenario without a usable run was graded, in words. */
export function describeUnjudged(
  { unjudged }: Rubric,
  tally: ScenarioTally,
  review: boolean,
): string {
  const earns = {
    none: 'it earns no points',
    review: 'no points yet',
  };
  return [whyUnjudged(tally), earns[unjudged], ...(review ? ['staff look at it'] : [])].join('; ');
}

export const LEFT_OUT_RULE =
  'it needs operations that the submission does not offer, so it has no points yet; staff will decide';

export const NOT_RUN_RULE =
  'it was not run in this grading, so it has no points yet; staff will decide';

/** The rule for every scenario of a submission that could not be run; `why` is one sentence. */
export function describeUngradable(why: string): string {
  // The reason may quote a manifest, which is untrusted text.
  return `nothing of the submission can be graded: ${sanitizeLine(why, WHY_LENGTH).replace(/\.$/, '')}`;
}

/** Whether the planned fault took effect in none of the runs. */
function neverTookEffect({ runs, unknownCauses }: ScenarioTally): boolean {
  return runs > 0 && unknownCauses['fault-never-bit'] === runs;
}

function finding(
  { passed, failed }: ScenarioTally,
  elsewhere: ChargedElsewhere | undefined,
): string {
  const usable = passed + failed;
  const failures = `${failed === 0 ? 'none' : failed} of ${count(usable, 'run')} failed`;
  if (elsewhere === undefined) return failures;
  const them = elsewhere.failures === failed ? 'they' : `${elsewhere.failures} of these`;
  const where = elsewhere.andOthers ? `${elsewhere.scenario} and others` : elsewhere.scenario;
  return `${failures}, but ${them} look like failures of ${where}, are charged there, and count as passes here`;
}

/** The policy's answer to a failure rate, in words. */
function policyAt(policy: RatePolicy, rate: number): string {
  const { steps: stepsOf, shareAt } = kindOf(policy);
  const steps = stepsOf(policy);
  const last = steps.at(-1);
  if (last === undefined) {
    return `${describeShare(shareAt(policy, rate))} are earned: ${describePolicy(policy)}`;
  }
  const step = steps.find(({ atMost }) => rate <= atMost);
  return step === undefined
    ? `failing in more than ${shortPercent(last.atMost)} of the runs earns none`
    : `failing in up to ${shortPercent(step.atMost)} of the runs earns ${describeShare(step.share)}`;
}

/** The result of the sequential test and its points, in words. */
function decision(
  { stopping }: Rubric,
  policy: TestPolicy,
  { decision: found, review }: EarnedPoints,
): string {
  const { acceptable = 0, unacceptable = 1 } = stopping ?? {};
  const test = `the test of at most ${shortPercent(acceptable)} against at least ${shortPercent(unacceptable)}`;
  const earns = `which earns ${describeShare(kindOf(policy).shareAfter(policy, found))}`;
  if (found !== undefined) return `${test} finds that ${found}, ${earns}`;
  const open = `${test} has not decided, ${earns}`;
  return review ? `${open}, so staff look at it` : open;
}

/** Where points jump within the interval, what else they might be. */
function otherEnd(
  { gradedEnd }: Rubric,
  { policy }: RubricScenario,
  { pointsIfLeftOut: points, otherEndPoints, review }: EarnedPoints,
): string[] {
  if (points === otherEndPoints || !isRatePolicy(policy) || !hasSteps(policy)) return [];
  const other = gradedEnd === 'low' ? 'high' : 'low';
  const would = `the ${other} end would earn ${count(otherEndPoints, 'point')}`;
  return [review ? `${would}, so staff look at it` : would];
}

function whyUnjudged(tally: ScenarioTally): string {
  if (tally.runs === 0) return 'no run has been done';
  if (neverTookEffect(tally)) {
    return `the tested situation occurred in none of ${count(tally.runs, 'run')}, because of how the submission behaves`;
  }
  const causes = Object.entries(tally.unknownCauses).map(([cause, times]) => `${cause} ${times}`);
  return `none of ${count(tally.runs, 'run')} can be judged (${causes.join(', ')})`;
}
