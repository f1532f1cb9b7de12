/** Why a scenario earns its points, as one sentence without its full stop for the student whose points they are. */

import { count, percent, percentRange } from '../describe-tally.js';
import type { ScenarioTally } from '../tally.js';
import type { Judgement } from './judge-scenario.js';
import { shareAt } from './policy.js';
import type { Policy, Rubric, RubricScenario } from './rubric.js';

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
  const sure = `${percent(rubric.confidence).replace(/\.0$/, '')} % interval`;
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
  return `nothing of the submission could be run: ${why.replace(/\.$/, '')}`;
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
    case 'all-or-nothing': {
      const bound = `${percent(policy.atMost)} %`;
      return rate <= policy.atMost
        ? `failing in up to ${bound} of the runs earns all points`
        : `failing in more than ${bound} of the runs earns none`;
    }
    case 'linear': {
      const from = policy.fullAtMost === 0 ? '0 %' : `up to ${percent(policy.fullAtMost)} %`;
      const slope = `points fall from all at ${from} to none at ${percent(policy.noneFrom)} %`;
      return `${slope}: ${percent(shareAt(policy, rate))} % of them`;
    }
    case 'steps':
      return stepAt(policy, rate);
  }
}

function stepAt({ steps }: Policy & { kind: 'steps' }, rate: number): string {
  const step = steps.find(({ atMost }) => rate <= atMost);
  const last = steps.at(-1);
  if (step !== undefined) {
    const share = step.share === 1 ? 'all points' : `${percent(step.share)} % of the points`;
    return `failing in up to ${percent(step.atMost)} % of the runs earns ${share}`;
  }
  return `failing in more than ${percent(last?.atMost ?? 0)} % of the runs earns none`;
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
