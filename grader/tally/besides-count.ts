/** Counts what scenarios themselves showed in runs that failed by a rule which is held against every run. */

import type { RunRecord } from '../../harness/index.js';
import { groupBy } from '../ground/group-by.js';
import { compareText } from '../text/compare-text.js';
import type { BesidesCount } from './scenario-tally.js';

/** Longest reason of an example. */
const REASON_LENGTH = 500;

/** That of one run; undefined where its failure is about what its scenario tests. */
export function countBesides({ besides }: RunRecord): BesidesCount | undefined {
  if (besides === undefined) return undefined;
  const { verdict, signature, class: kind, reason } = besides;
  const failed = verdict === 'fail' && signature !== undefined && kind !== undefined;
  return {
    passed: verdict === 'pass' ? 1 : 0,
    unknown: verdict !== 'pass' && !failed ? 1 : 0,
    failures: failed
      ? [{ signature, class: kind, count: 1, reason: reason.slice(0, REASON_LENGTH) }]
      : [],
  };
}

/** The sum; undefined if none of them has any. */
export function joinBesides(like: readonly { besides?: BesidesCount }[]): BesidesCount | undefined {
  const counts = like.flatMap(({ besides }) => besides ?? []);
  if (counts.length === 0) return undefined;
  const failures = counts.flatMap((one) => one.failures);
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    unknown: counts.reduce((sum, { unknown }) => sum + unknown, 0),
    failures: [...groupBy(failures, (one) => `${one.class} ${one.signature}`).values()]
      .map((alike) => ({ ...alike[0], count: runsIn(alike) }))
      .toSorted((a, b) => b.count - a.count || compareText(a.signature, b.signature)),
  };
}

/** How many runs failed so. */
export function runsIn(failures: BesidesCount['failures']): number {
  return failures.reduce((sum, { count }) => sum + count, 0);
}
