/**
 * The situations that generated runs have met: for each, the number of a grading's runs in which it occurred.
 * Runs of the control arm and runs that only repeat a failure are not counted.
 */

import { z } from 'zod';
import {
  COVERABLE,
  describeMet,
  isGenerated,
  type Met,
  type RunRecord,
} from '../../harness/index.js';
import { plannedIn } from '../campaign/counted-records.js';
import { foldRecords } from '../campaign/fold.js';
import { COUNT, openObject } from '../ground/schemas.js';
import type { Plan } from '../plan/plan.js';

export const COVERAGE = openObject({
  /** Generated runs that have a record, whatever their verdicts. */
  runs: z.int().min(1),
  /** Situations that any of these runs met. */
  met: COUNT,
  /** All situations that this kit can bring about. */
  situations: COUNT,
}).refine(({ met, situations }) => met <= situations, {
  path: ['met'],
  message: 'at most all situations',
});

/** How much of what can be met was met. */
export type Coverage = z.infer<typeof COVERAGE>;

export interface Situation extends Met {
  /** Runs that met it. */
  runs: number;
}

/** The generated runs of a grading, and what they met. */
export interface CoverageCount {
  runs: number;
  /** One for each situation that can be met, in the order of the harness. */
  situations: Situation[];
}

/** The attempts may come in any order; the latest at a run counts. */
export function countCoverage(plan: Plan, attempts: readonly RunRecord[]): CoverageCount {
  const isPlanned = plannedIn(plan);
  const records = foldRecords(
    attempts.filter((one) => isGenerated(one.scenario) && isPlanned(one)),
  );
  const counts = new Map<string, number>();
  for (const { met = [] } of records) {
    for (const name of new Set(met.map(describeMet))) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return {
    runs: records.length,
    // Situations of another version of the kit may be missing here.
    situations: COVERABLE.map((one) => ({ ...one, runs: counts.get(describeMet(one)) ?? 0 })),
  };
}

/** Undefined without a generated run. */
export function coverageOf({ runs, situations }: CoverageCount): Coverage | undefined {
  if (runs === 0) return undefined;
  const met = situations.filter((one) => one.runs > 0).length;
  return { runs, met, situations: situations.length };
}
