/**
 * Makes tallies from records: how often each scenario failed on each submission, how sure that is, and what the
 * failures look like. A pure fold; describe-tally.ts has the sentences about a tally.
 */

import type { RunRecord } from '../../harness/index.js';
import { compareText } from '../text/compare-text.js';
import { MINIMUM_USABLE_RUNS } from '../statistics/enough-runs.js';
import { foldRecords } from '../campaign/fold.js';
import { groupBy } from '../ground/group-by.js';
import type { NonEmpty } from '../ground/group-by.js';
import type { PlannedRun } from '../plan/plan.js';
import { countBesides, joinBesides } from './besides-count.js';
import { summarizeRaces } from './data-races.js';
import type {
  FailureRate,
  ScenarioTally,
  SignatureCount,
  Spread,
  Stopped,
  TallyWord,
} from './scenario-tally.js';
import { replaysOf } from '../plan/replays.js';
import type { Stopping } from '../statistics/sequential/stopping.js';
import { mayBeSettled } from '../campaign/scheduler.js';
import { anytimeInterval } from '../statistics/sequential/anytime-interval.js';
import { openSequence } from '../statistics/sequential/sequence.js';
import { CONFIDENCE, clopperPearson } from '../statistics/clopper-pearson.js';

/** Longest reason of an example, and of one with a compiler's output; the evidence has the whole text. */
const REASON_LENGTH = 500;
const BUILD_REASON_LENGTH = 2500;

export interface Tally extends ScenarioTally {
  /** The submission's name in the plan. */
  submission: string;
}

export interface TallyOptions {
  planned: readonly PlannedRun[];
  /** Where a scenario is run only until enough is known. */
  stopping?: Stopping | undefined;
  /** How often the example of a failure may have been run again. */
  replays?: number | undefined;
}

/**
 * One tally for each submission and scenario of the plan, submissions outermost, in the order of the
 * plan. The records may come in any order and hold several attempts at a run; the latest counts.
 * Records of runs that are not planned are left out. The result does not depend on the order of the
 * records.
 */
export function tally(records: Iterable<RunRecord>, options: TallyOptions): Tally[] {
  const byKey = new Map(foldRecords(records).map((record) => [record.key, record]));
  return [...groupBy(options.planned, ({ submission }) => submission.name).values()].flatMap(
    (runs) =>
      [...groupBy(runs, ({ scenario }) => scenario).values()].map((one) =>
        tallyOf(one, byKey, options),
      ),
  );
}

function tallyOf(
  planned: NonEmpty<PlannedRun>,
  byKey: ReadonlyMap<string, RunRecord>,
  { stopping, replays = 0 }: TallyOptions,
): Tally {
  const stop = stopping === undefined ? undefined : stopOf(planned, byKey, stopping);
  const runs = planned.slice(0, stop?.counted);
  const records = recordsOf(runs, byKey);
  const count = (verdict: RunRecord['verdict']) =>
    records.filter((record) => record.verdict === verdict).length;
  const [passed, failed, unknown] = [count('pass'), count('fail'), count('unknown')];
  const usable = passed + failed;
  const failureRate = stopping === undefined ? rateOf(failed, usable) : anytimeRate(failed, usable);
  const again = (key: string) =>
    runs
      .filter((run) => run.key === key)
      .flatMap((run) => recordsOf(replaysOf(run, replays), byKey));
  const signatures = signaturesOf(records).map((one) => withReplays(one, again(one.exampleRun)));
  const candidates = [
    ...recordsOf(planned, byKey),
    ...signatures.flatMap(({ exampleRun }) => again(exampleRun)),
  ];
  return {
    submission: planned[0].submission.name,
    scenario: planned[0].scenario,
    planned: runs.length,
    runs: records.length,
    passed,
    failed,
    unknown,
    failureRate,
    word: wordFor(failed, usable, stop?.stopped),
    signatures,
    unknownCauses: causesOf(records),
    ...racesOf(records),
    ...(stop === undefined ? {} : { stopped: stop.stopped }),
    ...passingExampleOf(candidates),
    ...(failed === 0 && usable > 0 ? { rulesOut: failureRate.high } : {}),
    ...(records.length > 0 ? costsOf(records) : {}),
  };
}

function recordsOf(
  runs: readonly PlannedRun[],
  byKey: ReadonlyMap<string, RunRecord>,
): RunRecord[] {
  return runs.flatMap(({ key }) => byKey.get(key) ?? []);
}

/** How the test ended, and how many of the planned runs count; undefined as long as it goes on. */
function stopOf(
  planned: readonly PlannedRun[],
  byKey: ReadonlyMap<string, RunRecord>,
  stopping: Stopping,
): { stopped: Stopped; counted: number } | undefined {
  const sequence = openSequence(stopping, planned.length);
  for (const [position, { key }] of planned.entries()) {
    const record = byKey.get(key);
    if (record !== undefined && mayBeSettled(record)) sequence.settle(position, record.verdict);
  }
  const { decision, counted, usable: after } = sequence;
  if (decision === undefined) return undefined;
  const surplus = recordsOf(planned.slice(counted), byKey).length;
  return { stopped: { decision, after, surplus }, counted };
}

/** The failure rate over so many usable runs, a number that does not depend on how they end. */
export function rateOf(failed: number, usable: number): FailureRate {
  return {
    estimate: usable === 0 ? null : failed / usable,
    ...clopperPearson(failed, usable),
    confidence: CONFIDENCE,
    method: 'clopper-pearson',
  };
}

/** The failure rate under sequential stopping: an interval that is valid after any run. */
function anytimeRate(failed: number, usable: number): FailureRate {
  return { ...rateOf(failed, usable), ...anytimeInterval(failed, usable), method: 'anytime-valid' };
}

function wordFor(failed: number, usable: number, stopped: Stopped | undefined): TallyWord {
  const decided = stopped !== undefined && stopped.decision !== 'undecided';
  if (!decided && usable < MINIMUM_USABLE_RUNS) return 'undecided';
  if (failed > 0) return failed === usable ? 'broken' : 'flaky';
  // Too few passes for the test, say because many runs were unknown.
  return stopped?.decision === 'undecided' ? 'undecided' : 'solid';
}

/** The first of these runs that passed and kept all evidence. */
function passingExampleOf(records: readonly RunRecord[]): Pick<ScenarioTally, 'passingExample'> {
  for (const { key: run, keptWhole, artifacts } of records) {
    if (keptWhole === true && artifacts !== undefined)
      return { passingExample: { run, artifacts } };
  }
  return {};
}

function withReplays(one: SignatureCount, replays: readonly RunRecord[]): SignatureCount {
  const usable = replays.filter(({ verdict }) => verdict !== 'unknown');
  if (usable.length === 0) return one;
  const failed = usable.filter(({ verdict }) => verdict === 'fail').length;
  return { ...one, again: { failed, usable: usable.length } };
}

function signaturesOf(records: readonly RunRecord[]): SignatureCount[] {
  const failures = records.filter(({ verdict }) => verdict === 'fail').map(failureOf);
  return [...groupBy(failures, (one) => JSON.stringify([one.signature, one.class])).values()]
    .map(joined)
    .toSorted((a, b) => b.count - a.count || compareText(a.signature, b.signature));
}

function failureOf(record: RunRecord): SignatureCount {
  const { signature, key, seed, world, artifacts } = record;
  // The journal admits no failing record without these two.
  if (signature === undefined || record.class === undefined) {
    throw new Error(`the failing record ${key} has no signature or no class`);
  }
  const evidence = artifacts === undefined ? {} : { artifacts };
  const length = record.class === 'build' ? BUILD_REASON_LENGTH : REASON_LENGTH;
  const reason = record.reason.slice(0, length);
  const besides = countBesides(record);
  return {
    signature,
    class: record.class,
    count: 1,
    exampleRun: key,
    seed,
    ...(world === 'processes' ? {} : { world }),
    reason,
    ...evidence,
    ...(besides === undefined ? {} : { besides }),
  };
}

function joined(like: NonEmpty<SignatureCount>): SignatureCount {
  const example = like.find(({ artifacts }) => artifacts !== undefined) ?? like[0];
  const besides = joinBesides(like);
  return { ...example, count: like.length, ...(besides === undefined ? {} : { besides }) };
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

/** The spread of a list that is not empty. */
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
