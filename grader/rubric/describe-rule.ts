/** Why a scenario earns its points, as one sentence without its full stop for the student whose points they are. */

import { count, percentRange } from '../describe-tally.js';
import { sanitizeLine } from '../sanitize.js';
import type { ScenarioTally } from '../tally.js';
import { describePolicy, describeShare, shortPercent } from './describe-policy.js';
import type { Judgement } from './judge-scenario.js';
import { shareAt } from './policy.js';
import type { Policy, Rubric, RubricScenario } from './rubric.js';

const WHY_LENGTH = 500;

/** Failures that are charged in another scenario. */
export interface ChargedElsewhere {
  /** Where most of them are charged. */
  scenario: string;
  /** How many, wherever they are charged. */
  failures: number;
  /** Whether that is in further scenarios, too. */
  andOthers: boolean;
}

/** Of a scenario that could be judged. */
export function describeRule(
  rubric: Rubric,
  worth: RubricScenario,
  tally: ScenarioTally,
  judgement: Judgement,
  elsewhere: ChargedElsewhere | undefined,
): string {
  const { low, high } = judgement.interval;
  const rate = rubric.gradedEnd === 'low' ? low : high;
  const sure = `${shortPercent(rubric.confidence)} interval`;
  return [
    `${finding(tally, elsewhere)} (${sure} ${percentRange(low, high)})`,
    `the ${rubric.gradedEnd} end counts, and ${policyAt(worth.policy, rate)}`,
    ...otherEnd(rubric, worth, judgement),
  ].join('; ');
}

/** Of a scenario without a usable run. */
export function describeUnjudged(
  { unjudged }: Rubric,
  tally: ScenarioTally | undefined,
  review: boolean,
): string {
  const earns = {
    full: 'it earns all points',
    none: 'it earns no points',
    review: 'no points yet',
  };
  return [whyUnjudged(tally), earns[unjudged], ...(review ? ['staff look at it'] : [])].join('; ');
}

export const LEFT_OUT_RULE =
  'it needs operations that the submission does not offer, and counts for nothing';

/** Of everything in a submission of which nothing could be run; `why` is one sentence. */
export function describeUngradable(why: string): string {
  // Why may quote a manifest, which is anybody's text.
  return `nothing of the submission could be run: ${sanitizeLine(why, WHY_LENGTH).replace(/\.$/, '')}`;
}

/** Whether nothing came of a scenario because what it was to provoke never happened. */
export function neverBitten({ runs, unknownCauses }: ScenarioTally): boolean {
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
  return `${failures}, but ${them} are alike to failures of ${where}, are charged there, and count as passes here`;
}

/** What the policy says of a failure rate. */
function policyAt(policy: Policy, rate: number): string {
  switch (policy.kind) {
    case 'all-or-nothing':
      return stepAt([{ atMost: policy.atMost, share: 1 }], rate);
    case 'linear':
      return `${describeShare(shareAt(policy, rate))} are earned: ${describePolicy(policy)}`;
    case 'steps':
      return stepAt(policy.steps, rate);
  }
}

function stepAt(steps: readonly { atMost: number; share: number }[], rate: number): string {
  const step = steps.find(({ atMost }) => rate <= atMost);
  if (step === undefined) {
    return `failing in more than ${shortPercent(steps.at(-1)?.atMost ?? 0)} of the runs earns none`;
  }
  return `failing in up to ${shortPercent(step.atMost)} of the runs earns ${describeShare(step.share)}`;
}

/** Where points jump within the interval, what else they might be. */
function otherEnd(
  { gradedEnd }: Rubric,
  { policy }: RubricScenario,
  { points, otherEndPoints, review }: Judgement,
): string[] {
  if (points === otherEndPoints || policy.kind === 'linear') return [];
  const other = gradedEnd === 'low' ? 'high' : 'low';
  const would = `the ${other} end would earn ${count(otherEndPoints, 'point')}`;
  return [review ? `${would}, so staff look at it` : would];
}

function whyUnjudged(tally: ScenarioTally | undefined): string {
  if (tally === undefined || tally.runs === 0) return 'no run has been done';
  if (neverBitten(tally)) {
    return `in none of ${count(tally.runs, 'run')} did what is tested come about, because of how the submission behaves`;
  }
  const causes = Object.entries(tally.unknownCauses).map(([cause, times]) => `${cause} ${times}`);
  return `none of ${count(tally.runs, 'run')} can be judged (${causes.join(', ')})`;
}
