/**
 * From records to tallies: how often each scenario failed on each submission, how sure that is, and
 * what the failures look like. A pure fold; sentences about a tally are describe-tally.ts.
 */

import type { FailureClass, RunRecord, UnknownCause } from '../harness/index.js';
import { compareText } from './compare-text.js';
import { foldRecords } from './fold.js';
import { groupBy } from './group-by.js';
import type { NonEmpty } from './group-by.js';
import type { PlannedRun } from './plan.js';
import { summarizeRaces, type RaceSummary } from './data-races.js';
import { CONFIDENCE, clopperPearson, ruledOutRate } from './statistics.js';

/**
 * With fewer usable runs the word is always `undecided`. Ten runs without a failure still leave room
 * for a submission that fails three times in ten, and below that the words would promise too much.
 */
export const MINIMUM_USABLE_RUNS = 10;

/** Of the reason of an example; its evidence has all of it. */
const REASON_LENGTH = 500;

/** `solid`: no failure; `broken`: nothing but failures; `undecided`: too few usable runs to say. */
export type TallyWord = 'solid' | 'flaky' | 'broken' | 'undecided';

/** Over the usable runs, which are the passed and the failed ones; all rates from 0 to 1. */
export interface FailureRate {
  /** `null` when there is no usable run. */
  estimate: number | null;
  low: number;
  high: number;
  confidence: number;
  method: 'clopper-pearson';
}

/** Like failures of one scenario. */
export interface SignatureCount {
  signature: string;
  class: FailureClass;
  count: number;
  /** Key of one such run: the first in the order of the plan that kept evidence, else the first. */
  exampleRun: string;
  /** That run's seed, which repeats it without its evidence folder. */
  seed: string;
  /** What that run's record says of the failure: text of the submission may be in it. At most 500 characters. */
  reason: string;
  /** That run's evidence folder, relative to the grading's directory. */
  artifacts?: string;
}

export interface Spread {
  mean: number;
  median: number;
}

/** What is known of one scenario on one submission. */
export interface ScenarioTally {
  scenario: string;
  /** Runs that the plan asks for. */
  planned: number;
  /** Runs that have a record: passed + failed + unknown. */
  runs: number;
  passed: number;
  failed: number;
  unknown: number;
  failureRate: FailureRate;
  word: TallyWord;
  /** The most frequent first. */
  signatures: SignatureCount[];
  /** How many of the unknown runs had each cause. */
  unknownCauses: Partial<Record<UnknownCause, number>>;
  /** Data races in its runs, whatever their verdicts; absent without any. */
  races?: RaceSummary;
  /** Failure rates above this one are ruled out; only without a failure in at least one usable run. */
  rulesOut?: number;
  /** Of all runs that have a record, in ms; absent without any. */
  durationMs?: Spread;
  /** Processor time of all runs that have a record, in ms a run; absent without any. */
  cpuMs?: Spread;
}

export interface Tally extends ScenarioTally {
  /** The submission's name in the plan. */
  submission: string;
}

/**
 * One tally for each submission and scenario of the plan, submissions outermost, in the order of the
 * plan. The records may come in any order and hold several attempts at a run; the latest counts.
 * Records of runs that are not planned are left out. The result does not depend on the order of the
 * records.
 */
export function tally(
  records: Iterable<RunRecord>,
  { planned }: { planned: readonly PlannedRun[] },
): Tally[] {
  const byKey = new Map(foldRecords(records).map((record) => [record.key, record]));
  return [...groupBy(planned, ({ submission }) => submission.name).values()].flatMap((runs) =>
    [...groupBy(runs, ({ scenario }) => scenario).values()].map((one) => tallyOf(one, byKey)),
  );
}

function tallyOf(runs: NonEmpty<PlannedRun>, byKey: ReadonlyMap<string, RunRecord>): Tally {
  const records = runs.flatMap(({ key }) => byKey.get(key) ?? []);
  const count = (verdict: RunRecord['verdict']) =>
    records.filter((record) => record.verdict === verdict).length;
  const [passed, failed, unknown] = [count('pass'), count('fail'), count('unknown')];
  const usable = passed + failed;
  return {
    submission: runs[0].submission.name,
    scenario: runs[0].scenario,
    planned: runs.length,
    runs: records.length,
    passed,
    failed,
    unknown,
    failureRate: rateOf(failed, usable),
    word: wordFor(failed, usable),
    signatures: signaturesOf(records),
    unknownCauses: causesOf(records),
    ...racesOf(records),
    ...(failed === 0 && usable > 0 ? { rulesOut: ruledOutRate(usable) } : {}),
    ...(records.length > 0 ? costsOf(records) : {}),
  };
}

/** The failure rate over so many usable runs. */
export function rateOf(failed: number, usable: number): FailureRate {
  return {
    estimate: usable === 0 ? null : failed / usable,
    ...clopperPearson(failed, usable),
    confidence: CONFIDENCE,
    method: 'clopper-pearson',
  };
}

function wordFor(failed: number, usable: number): TallyWord {
  if (usable < MINIMUM_USABLE_RUNS) return 'undecided';
  if (failed === 0) return 'solid';
  return failed === usable ? 'broken' : 'flaky';
}

function signaturesOf(records: readonly RunRecord[]): SignatureCount[] {
  const failures = records.filter(({ verdict }) => verdict === 'fail').map(failureOf);
  return [...groupBy(failures, (one) => JSON.stringify([one.signature, one.class])).values()]
    .map(joined)
    .toSorted((a, b) => b.count - a.count || compareText(a.signature, b.signature));
}

function failureOf(record: RunRecord): SignatureCount {
  const { signature, key, seed, artifacts } = record;
  // The journal admits no failing record without these two.
  if (signature === undefined || record.class === undefined) {
    throw new Error(`the failing record ${key} has no signature or no class`);
  }
  const evidence = artifacts === undefined ? {} : { artifacts };
  const reason = record.reason.slice(0, REASON_LENGTH);
  return { signature, class: record.class, count: 1, exampleRun: key, seed, reason, ...evidence };
}

function joined(like: NonEmpty<SignatureCount>): SignatureCount {
  const example = like.find(({ artifacts }) => artifacts !== undefined) ?? like[0];
  return { ...example, count: like.length };
}

function causesOf(records: readonly RunRecord[]): ScenarioTally['unknownCauses'] {
  const counts: ScenarioTally['unknownCauses'] = {};
  for (const { verdict, cause } of records) {
    if (verdict === 'unknown' && cause !== undefined) counts[cause] = (counts[cause] ?? 0) + 1;
  }
  return counts;
}

function racesOf(records: readonly RunRecord[]): Pick<ScenarioTally, 'races'> {
  const races = summarizeRaces(records);
  return races === undefined ? {} : { races };
}

function costsOf(records: readonly RunRecord[]): { durationMs: Spread; cpuMs: Spread } {
  return {
    durationMs: spread(records.map(({ durationMs }) => durationMs)),
    cpuMs: spread(records.map(({ cpuMs }) => cpuMs)),
  };
}

/** Of a list that is not empty. */
function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const pair = [sorted[Math.floor(middle)] ?? NaN, sorted[Math.ceil(middle)] ?? NaN];
  return { mean: mean(values), median: mean(pair) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The median duration of its runs, in ms; Infinity without any, so that it comes last. */
export function medianMsOf({ durationMs }: ScenarioTally): number {
  return durationMs?.median ?? Infinity;
}
