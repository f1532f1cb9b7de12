/** The shares that a policy gives for each possible result of a scenario's runs. */

import { sharesOf } from '../../rubric/policy.js';
import type { Policy } from '../../rubric/policies/registry.js';
import type { GradedEnd } from '../../rubric/rubric.js';
import { intervalOf, outcomes, type Design } from './design.js';
import type { RatePoint } from './operating-curve.js';

/** Computes what a policy gives at a true failure rate. */
export type Grader = (policy: Policy, rate: number) => Omit<RatePoint, 'runsForFewStraddles'>;

export function graderOf(design: Design, gradedEnd: GradedEnd): Grader {
  return (policy, rate) => {
    const probabilities = new Map<number, number>();
    let [straddling, meanRuns] = [0, 0];
    for (const outcome of outcomes(design, rate)) {
      meanRuns += outcome.runs * outcome.probability;
      const interval = intervalOf(design, outcome);
      const { graded, isOpen } = sharesOf({ ...design, gradedEnd }, policy, {
        ...outcome,
        interval,
      });
      probabilities.set(graded, (probabilities.get(graded) ?? 0) + outcome.probability);
      if (isOpen) straddling += outcome.probability;
    }
    return { rate, meanRuns, ...summaryOf(probabilities), straddling: atMostOne(straddling) };
  };
}

function summaryOf(
  probabilities: ReadonlyMap<number, number>,
): Pick<RatePoint, 'allPoints' | 'somePoints' | 'noPoints' | 'meanShare' | 'shares'> {
  const shares = [...probabilities]
    .map(([share, probability]) => ({ share, probability: atMostOne(probability) }))
    .toSorted((a, b) => b.share - a.share);
  const sum = (holds: (share: number) => boolean) =>
    atMostOne(
      shares.filter(({ share }) => holds(share)).reduce((all, one) => all + one.probability, 0),
    );
  return {
    allPoints: sum((share) => share === 1),
    somePoints: sum((share) => share > 0 && share < 1),
    noPoints: sum((share) => share === 0),
    meanShare: atMostOne(shares.reduce((all, one) => all + one.share * one.probability, 0)),
    shares,
  };
}

/** Takes off what rounding has added. */
function atMostOne(probability: number): number {
  return Math.min(1, probability);
}
