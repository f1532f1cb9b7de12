/**
 * How well each scenario does as an item of an exam: how hard it is, whether it tells strong submissions from weak
 * ones, what only it catches, and which other one says the same.
 *
 * Source of difficulty and corrected item–total correlation: Nunnally and Bernstein, "Psychometric Theory" (1994).
 */

import { isCommonlyFailed } from '../../../measured/prevalence.js';
import type { StudentRow } from './class-model.js';

/** With fewer submissions a correlation says little. */
export const ENOUGH_SUBMISSIONS = 30;
/** A scenario with a lower discrimination hardly separates strong submissions from weak ones. */
const WEAK_DISCRIMINATION = 0.1;
/** In standard deviations of a correlation where there is none, 1 / √n: chance hardly makes more. */
export const CHANCE = 2;
/** A scenario with a larger share of unknown runs is remarked on. */
const MANY_UNKNOWN = 0.1;

export interface Item {
  scenario: string;
  /** Submissions that run it with at least one usable run. */
  submissions: number;
  /** Mean share of its points that they earn, or without a rubric of its runs that they pass; from 0 to 1. */
  meanShare: number | null;
  /** Correlation with the sum of all others; null where either never varies. */
  discrimination: number | null;
  /** Submissions that fail in it at all. */
  catches: number;
  /** Those that fail in no other scenario. */
  catchesAlone: number;
  /** Share of unknown runs among all its runs, from 0 to 1. */
  unknownShare: number;
  /** Mean duration of a run, in ms; null without any. */
  meanMs: number | null;
  /** Scenarios in which exactly the same submissions fail, if any do. */
  sameAs: string[];
  /** Why it might weigh less; each as a clause. */
  doubts: string[];
}

/** One for each scenario, in their order. */
export function itemStatistics(rows: readonly StudentRow[], scenarios: readonly string[]): Item[] {
  const totals = rows.map((row) => sum(scenarios.map((id) => shareOf(row, id) ?? 0)));
  const failing = rows.map((row) => scenarios.filter((id) => fails(row, id)));
  const pattern = new Map(
    scenarios.map((id) => [id, rows.map((row) => (fails(row, id) ? 'x' : '.')).join('')]),
  );
  return scenarios.map((scenario) => {
    const item = itemOf(scenario, rows, totals);
    const caught = failing.filter((ids) => ids.includes(scenario));
    const sameAs = scenarios.filter(
      (id) => id !== scenario && caught.length > 0 && pattern.get(id) === pattern.get(scenario),
    );
    const whole = {
      ...item,
      catches: caught.length,
      catchesAlone: caught.filter((ids) => ids.length === 1).length,
      sameAs,
    };
    return { ...whole, doubts: doubtsOf(whole, rows.length) };
  });
}

function itemOf(
  scenario: string,
  rows: readonly StudentRow[],
  totals: readonly number[],
): Omit<Item, 'catches' | 'catchesAlone' | 'sameAs' | 'doubts'> {
  const tallies = rows.flatMap(({ tallies: all }) => all.get(scenario) ?? []);
  const pairs = rows.flatMap((row, index) => {
    const share = shareOf(row, scenario);
    return share === undefined ? [] : [{ share, rest: (totals[index] ?? 0) - share }];
  });
  const shares = pairs.map(({ share }) => share);
  const durations = tallies.flatMap(({ durationMs }) => durationMs?.mean ?? []);
  const runs = sum(tallies.map((one) => one.runs));
  return {
    scenario,
    submissions: pairs.length,
    meanShare: meanOf(shares),
    discrimination: correlation(
      shares,
      pairs.map(({ rest }) => rest),
    ),
    unknownShare: runs === 0 ? 0 : sum(tallies.map(({ unknown }) => unknown)) / runs,
    meanMs: meanOf(durations),
  };
}

/** The share of a scenario's points that the submission earns, from 0 to 1; undefined without a usable run. */
function shareOf({ grades, tallies }: StudentRow, scenario: string): number | undefined {
  const estimate = tallies.get(scenario)?.failureRate.estimate ?? null;
  if (estimate === null) return undefined;
  const grade = grades.get(scenario);
  return grade === undefined || grade.maxPoints === 0
    ? 1 - estimate
    : grade.points / grade.maxPoints;
}

function fails({ tallies }: StudentRow, scenario: string): boolean {
  return (tallies.get(scenario)?.failed ?? 0) > 0;
}

function doubtsOf(item: Omit<Item, 'doubts'>, submissions: number): string[] {
  const { scenario, catches, discrimination, sameAs, unknownShare } = item;
  const doubts: string[] = [];
  if (catches === 0) doubts.push('nobody fails it');
  if (catches === submissions && submissions > 1) doubts.push('everybody fails it');
  if (catches > 0 && isCommonlyFailed(scenario))
    doubts.push('most public submissions fail it, too');
  if (discrimination !== null && submissions >= ENOUGH_SUBMISSIONS) {
    if (discrimination < -CHANCE / Math.sqrt(submissions)) {
      doubts.push('weak submissions do better than strong ones');
    } else if (discrimination < WEAK_DISCRIMINATION) {
      doubts.push('low discrimination');
    }
  }
  if (sameAs.length > 0) doubts.push('the same submissions fail it as another');
  if (unknownShare > MANY_UNKNOWN) doubts.push('many unknown runs');
  return doubts;
}

/** Pearson's; null where either list never varies or is shorter than two. */
function correlation(x: readonly number[], y: readonly number[]): number | null {
  const [meanX, meanY] = [meanOf(x) ?? 0, meanOf(y) ?? 0];
  const product = sum(x.map((value, index) => (value - meanX) * ((y[index] ?? 0) - meanY)));
  const [squareX, squareY] = [squares(x, meanX), squares(y, meanY)];
  return squareX < ROUNDING || squareY < ROUNDING ? null : product / Math.sqrt(squareX * squareY);
}

/** Less than any real variation, and more than floating-point arithmetic makes of none. */
const ROUNDING = 1e-12;

function squares(values: readonly number[], mean: number): number {
  return sum(values.map((value) => (value - mean) ** 2));
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
