/** Advice to staff on a rubric or on the number of runs, each as a sentence. */

import { count, percent } from '../../text/count.js';
import { isRatePolicy, type RatePolicy } from '../../rubric/policies/registry.js';
import { shortPercent } from '../../rubric/policies/share-words.js';
import { shareAt } from '../../rubric/policy.js';
import { clopperPearson } from '../../statistics/clopper-pearson.js';
import { firstWhere } from './failure-bounds.js';
import type { OperatingCurve, PolicyCurve } from './operating-curve.js';
import { FEW_STRADDLES } from './straddling.js';

type Curve = Omit<OperatingCurve, 'advice'>;

const MOST_RUNS = 10_000;

/** A share of the points that is too much for an unacceptable submission. */
const MUCH = 0.5;

/** Rates of false alarms that are not ruled out, above which a calibration was too short. */
const LOOSE = 0.1;

export function adviceOn(curve: Curve): string[] {
  return [
    ...curve.policies.flatMap((one) => unreachable(one, curve)),
    ...curve.policies.flatMap((one) => unforgiving(one, curve)),
    ...curve.policies.flatMap((one) => lenient(one, curve)),
    ...curve.policies.flatMap((one) => flawless(one, curve)),
    ...curve.policies.flatMap((one) => straddles(one, curve)),
    ...falseAlarms(curve),
  ];
}

/** Even without a failure a submission does not get all points. */
function unreachable(
  { policy, scenarios, rates, byFailures }: PolicyCurve,
  curve: Curve,
): string[] {
  const never = rates.find(({ rate }) => rate === 0);
  if (never === undefined || never.allPoints > 0) return [];
  if (!isRatePolicy(policy)) {
    return [
      `With ${described(curve)} the test cannot find any submission acceptable in ${named(scenarios)}; it takes more runs.`,
    ];
  }
  const instead = byFailures === undefined ? '' : `; ${runsForAllPoints(policy, curve)}`;
  return [
    `With ${described(curve)}, no submission can earn all points in ${named(scenarios)}, ` +
      `even if it never fails${instead}. The low end does not ask for that.`,
  ];
}

function runsForAllPoints(policy: RatePolicy, { gradedEnd, confidence }: Curve): string {
  const isEnough = (runs: number) =>
    shareAt(policy, clopperPearson(0, runs, confidence)[gradedEnd]) === 1;
  const needed = firstWhere(MOST_RUNS, isEnough);
  return needed > MOST_RUNS
    ? `nor with ${thousands(MOST_RUNS)}`
    : `that takes ${thousands(needed)} runs`;
}

/** One failure costs points. */
function unforgiving({ scenarios, byFailures }: PolicyCurve, { runs }: Curve): string[] {
  if (byFailures?.allUpTo !== 0) return [];
  return [
    `A single failure in ${count(runs, 'run')} costs points in ${named(scenarios)}; ` +
      `a single false alarm of the kit would do so, too.`,
  ];
}

/** A sequential test stops before the interval proves what it has decided. */
function lenient({ scenarios, rates }: PolicyCurve, { stopping, gradedEnd }: Curve): string[] {
  const mean = rates.find(
    ({ rate }) => stopping !== undefined && rate >= stopping.unacceptable && rate < 1,
  );
  if (mean === undefined || gradedEnd === 'high' || mean.meanShare < MUCH) return [];
  return [
    `A submission that truly fails in ${shortPercent(mean.rate)} of its runs, which is unacceptable, still earns ` +
      `${percent(mean.meanShare)} % of the points in ${named(scenarios)} on average: the runs stop before more ` +
      `is proven. A bound at the acceptable rate, a policy of the kind decision, or a fixed number of runs is stricter.`,
  ];
}

/** Even without a failure the interval is so wide that a step lies within it. */
function flawless({ policy, scenarios, rates }: PolicyCurve, curve: Curve): string[] {
  if (!isRatePolicy(policy)) return [];
  const never = rates.find(({ rate, straddling }) => rate === 0 && straddling >= FEW_STRADDLES);
  if (never === undefined) return [];
  const enough = never.runsForFewStraddles;
  const instead = typeof enough === 'number' ? `with ${thousands(enough)} they do not` : '';
  const then = curve.straddle === 'review' ? ', so staff would have to look at all of them' : '';
  return [
    `With ${described(curve)}, even submissions that never fail straddle a step in ` +
      `${named(scenarios)}${then}${instead === '' ? '' : `; ${instead}`}.`,
  ];
}

/** How many runs leave few straddling, at the rates at which many do. */
function straddles({ scenarios, rates }: PolicyCurve, curve: Curve): string[] {
  const many = rates.filter(({ rate, straddling }) => rate > 0 && straddling >= FEW_STRADDLES);
  const enough = many.flatMap(({ rate, runsForFewStraddles: least }) =>
    typeof least === 'number' ? [`at ${shortPercent(rate)} from ${thousands(least)} runs on`] : [],
  );
  const never = many
    .filter(({ runsForFewStraddles }) => runsForFewStraddles === null)
    .map(({ rate }) => shortPercent(rate));
  const parts = [
    ...enough,
    ...(never.length === 0 ? [] : [`not even with ${thousands(MOST_RUNS)} at ${never.join(', ')}`]),
  ];
  if (parts.length === 0) return [];
  return [
    `With ${described(curve)} many intervals straddle a step in ${named(scenarios)}. ` +
      `Less than ${shortPercent(FEW_STRADDLES)} do ${parts.join(', ')}.`,
  ];
}

function falseAlarms({ falseAlarms: cost }: Curve): string[] {
  if (cost === undefined)
    return ['The kit is not calibrated: the cost of its false alarms is not known.'];
  const { uncalibrated, highestRate } = cost;
  return [
    ...(uncalibrated.length === 0
      ? []
      : [
          `False alarms of ${named(uncalibrated)} are not known: the calibration does not contain them.`,
        ]),
    ...(highestRate <= LOOSE
      ? []
      : [
          `The calibration is too short to know each scenario by itself: it does not rule out ` +
            `${percent(highestRate)} % false alarms in one. \`pblab calibrate -s SCENARIO\` with more runs does.`,
        ]),
  ];
}

function described({ runs, stopping }: Curve): string {
  return stopping === undefined ? count(runs, 'run') : `at most ${count(runs, 'run')}`;
}

function thousands(number: number): string {
  return number.toLocaleString('en');
}

function named(scenarios: readonly string[]): string {
  return scenarios.length === 1 ? (scenarios[0] ?? '') : count(scenarios.length, 'scenario');
}
