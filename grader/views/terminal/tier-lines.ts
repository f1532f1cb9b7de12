/** The tiers of scenarios in the report of `pblab test`: a heading above the failures of each, and how many pass. */

import { findScenario, TIERS, type RunRecord, type Tier } from '../../../harness/index.js';
import { countTiers, describeTierCounts, type Ended } from '../../tally/tier-counts.js';
import type { Clean } from '../../text/clean-text.js';
import { count } from '../../text/count.js';
import type { Paper } from './terminal-layout.js';
import { wrap } from './wrap.js';

const INDENT = '  ';

/** A heading above the failures of a tier. */
export function renderTier(
  tier: Tier | undefined,
  failures: number,
  { palette, width }: Paper,
): string[] {
  if (tier === undefined) return [];
  const heading = `${tier}: ${count(failures, 'failure')}. ${TIERS[tier]}`;
  return ['', ...wrap(heading, width, INDENT).map(palette.bold)];
}

/** The tier of the scenario; none of a build, which is the same for all scenarios, or of a scenario that is gone. */
export function tierOf(record: Clean<RunRecord>): Tier | undefined {
  return record.class === 'build' ? undefined : findScenario(record.scenario)?.tier;
}

/**
 * Such as `asked 41 of 43, implied 50 of 52, beyond 9 not run`; empty if no scenario has a tier. `planned` are the ids of
 * all scenarios that were to be run.
 */
export function renderTierCounts(
  records: readonly Clean<RunRecord>[],
  planned: readonly string[],
): string {
  const done = new Set<string>(records.map(({ scenario }) => scenario));
  const ended = [
    ...records.map(({ scenario, verdict }) => ({ scenario, end: ENDS[verdict] })),
    ...planned
      .filter((id) => !done.has(id))
      .map((scenario) => ({ scenario, end: 'not-run' as const })),
  ];
  return describeTierCounts(
    countTiers(ended.map(({ scenario, end }) => ({ tier: findScenario(scenario)?.tier, end }))),
  );
}

const ENDS = {
  pass: 'passed',
  fail: 'failed',
  unknown: 'unjudged',
} as const satisfies Record<RunRecord['verdict'], Ended['end']>;
