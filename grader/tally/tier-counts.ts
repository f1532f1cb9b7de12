/** How many scenarios of each tier pass, and how that is said in one line. */

import { TIER_ORDER, type Tier } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import type { ScenarioTally } from './scenario-tally.js';

/** A scenario with its end: of one run, or of all its runs. */
export interface Ended {
  /** Absent where it is not known. */
  tier?: Tier | undefined;
  /** `failed` after any failure; `unjudged` if no run of it can be judged; `not-run` without a run. */
  end: 'passed' | 'failed' | 'unjudged' | 'not-run';
}

/** How the scenarios of one tier ended. */
export interface TierCount {
  tier: Tier;
  passed: number;
  failed: number;
  unjudged: number;
  notRun: number;
}

/** One for each tier that has scenarios, from `asked` to `beyond`. */
export function countTiers(scenarios: readonly Ended[]): TierCount[] {
  const groups = groupBy(scenarios, ({ tier }) => tier);
  return TIER_ORDER.flatMap((tier) => {
    const own = groups.get(tier);
    if (own === undefined) return [];
    const count = (wanted: Ended['end']) => own.filter(({ end }) => end === wanted).length;
    return {
      tier,
      passed: count('passed'),
      failed: count('failed'),
      unjudged: count('unjudged'),
      notRun: count('not-run'),
    };
  });
}

/** Such as `asked 41 of 43, implied 50 of 52 (1 more unknown), beyond 9 not run`; empty without any scenario. */
export function describeTierCounts(counts: readonly TierCount[]): string {
  return counts
    .map(({ tier, passed, failed, unjudged, notRun }) => {
      const judged = passed + failed;
      const others = [
        ...(unjudged === 0 ? [] : [`${unjudged}${judged === 0 ? '' : ' more'} unknown`]),
        ...(notRun === 0 ? [] : [`${notRun} not run`]),
      ].join(' and ');
      if (judged === 0) return `${tier} ${others}`;
      return `${tier} ${passed} of ${judged}${others === '' ? '' : ` (${others})`}`;
    })
    .join(', ');
}

/** How all runs of a scenario ended. */
export function endOf({ tier, passed, failed, runs }: ScenarioTally): Ended {
  const judged = failed > 0 ? 'failed' : 'passed';
  const end = runs === 0 ? 'not-run' : passed + failed === 0 ? 'unjudged' : judged;
  return { ...(tier === undefined ? {} : { tier }), end };
}

/** In the order of the tiers; those without a tier come last, and the order within a tier stays. */
export function byTier(a: Pick<Ended, 'tier'>, b: Pick<Ended, 'tier'>): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ tier }: Pick<Ended, 'tier'>): number {
  return tier === undefined ? TIER_ORDER.length : TIER_ORDER.indexOf(tier);
}
