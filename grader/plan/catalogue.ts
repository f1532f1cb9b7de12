/**
 * The lists of pblab, as data: scenarios, mutants, variants, faults, rules and steps. situations-met.ts has the situations of
 * generated runs; catalogue-lists.ts draws the lists.
 */

import {
  FAULTS,
  listMutants,
  listVariants,
  RULES,
  SCENARIOS,
  STEPS,
  STOCK_TESTS,
  type FaultDescription,
  type MutantDescription,
  type RuleId,
  type Scenario,
  type Step,
  type Tier,
  type VariantDescription,
} from '../../harness/index.js';
import type { Calibration } from '../measured/calibration.js';
import { prevalenceOf, type Prevalence } from '../measured/prevalence.js';
import { groupBy } from '../ground/group-by.js';

export interface ScenarioEntry {
  id: string;
  title: string;
  /** The part of the lab: the view service, or the key/value service. */
  part: Scenario['part'];
  rule: RuleId;
  sentence: string;
  /** What it stands on. */
  tier: Tier;
  points: number;
  /** The function of the lab's own tests that tests the same; absent where there is none. */
  stockTest?: string;
  /** Operations that a submission must offer for it, such as `put` or `append or puthash`. */
  operations: string[];
  /** Median duration of a run of the reference, in s; `null` where that was not measured. */
  typicalSeconds: number | null;
  /** How many public submissions fail it, of those that were tried; `null` where that was not measured. */
  publicSubmissions: { tried: number; failed: number } | null;
}

export type MutantEntry = Pick<MutantDescription, 'name' | 'replaces' | 'thought' | 'caughtBy'>;

export type VariantEntry = Pick<VariantDescription, 'name' | 'differs' | 'allowed' | 'settles'>;

export interface RuleEntry {
  id: RuleId;
  sentence: string;
  /** Ids of the scenarios that test it. */
  scenarios: string[];
}

/** In the order of the rules that they test; durations are those of the calibration, if there is one. */
export function scenarioEntries(
  measured: Calibration | undefined,
  prevalence: Prevalence,
): ScenarioEntry[] {
  const medians = new Map(
    measured?.reference.cells.map(({ scenario, medianMs }) => [scenario, medianMs]),
  );
  return ruleEntries().flatMap(({ id: rule, sentence }) =>
    SCENARIOS.filter(({ source }) => source === rule).map(
      ({ id, title, part, tier, points, requires }) => {
        const medianMs = medians.get(id);
        const typicalSeconds = medianMs === undefined ? null : Math.round(medianMs / 100) / 10;
        const operations = requires.map((one) => [one].flat().join(' or '));
        const stock = stockTestOf(id);
        const about = { id, title, part, rule, sentence, tier, points, operations };
        const { tried, failed } = prevalenceOf(id, prevalence) ?? {};
        const publicSubmissions =
          tried === undefined || failed === undefined ? null : { tried, failed };
        return { ...about, typicalSeconds, publicSubmissions, ...stock };
      },
    ),
  );
}

function stockTestOf(id: string): Pick<ScenarioEntry, 'stockTest'> {
  const stockTest = Object.keys(STOCK_TESTS).find((name) => STOCK_TESTS[name]?.includes(id));
  return stockTest === undefined ? {} : { stockTest };
}

/** The mutants of the view service first, then those of the server, then those of the clerk. */
export async function mutantEntries(): Promise<MutantEntry[]> {
  const entries = (await listMutants()).map(({ name, replaces, thought, caughtBy }) => {
    return { name, replaces, thought, caughtBy };
  });
  return MACHINES.flatMap((machine) => entries.filter(({ replaces }) => replaces === machine));
}

/** Variants that settle the same question follow each other. */
export async function variantEntries(): Promise<VariantEntry[]> {
  const entries = (await listVariants()).map(({ name, differs, allowed, settles }) => {
    return { name, differs, allowed, settles };
  });
  return [...groupBy(entries, ({ settles }) => settles).values()].flat();
}

export function faultEntries(): readonly FaultDescription[] {
  return FAULTS;
}

/** In the order in which they are built. */
export function stepEntries(): readonly Step[] {
  return STEPS;
}

/** All rules, also those that no scenario tests. */
export function ruleEntries(): RuleEntry[] {
  const testing = (rule: string) =>
    SCENARIOS.filter(({ source }) => source === rule).map(({ id }) => id);
  return Object.entries(RULES)
    .filter((rule): rule is [RuleId, (typeof RULES)[RuleId]] => rule[0] in RULES)
    .map(([id, sentence]) => ({ id, sentence, scenarios: testing(id) }));
}

const MACHINES: readonly MutantEntry['replaces'][] = ['view service', 'server', 'clerk'];
