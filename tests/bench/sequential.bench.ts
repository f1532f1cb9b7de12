/**
 * What sequential stopping promises, by simulation: how often it errs, how many runs it takes beside the fixed plan
 * with the same errors, and how often its interval covers the true rate. Each simulated grading runs through the
 * tally that a real one does.
 */

import { readMeasured } from '../../grader/measured/measured.js';
import { plannedRun, type PlannedRun, type PlannedSubmission } from '../../grader/plan/plan.js';
import { characteristic, fixedPlan, leastCap } from '../../grader/statistics/sequential/exact.js';
import { DEFAULT_STOPPING } from '../../grader/statistics/sequential/wald-test.js';
import { clopperPearson } from '../../grader/statistics/clopper-pearson.js';
import { tally, type Tally } from '../../grader/tally/tally.js';
import { randomFrom, type Random, type RunRecord } from '../../harness/index.js';
import { summarise, type BenchResult } from './bench.js';

const TRIALS = 20_000;

/** The acceptable one, the unacceptable one, always, never, and between. */
const RATES = [0, 0.001, 0.01, 0.03, 0.05, 0.1, 0.2, 0.5, 1];

const SUBMISSION: PlannedSubmission = { name: 'any', spec: 'any', digest: 'any' };

export function bench(): Promise<BenchResult[]> {
  const cap = leastCap(DEFAULT_STOPPING);
  const planned = Array.from({ length: cap }, (_, index) =>
    plannedRun({ seed: 'bench' }, SUBMISSION, 'any', index),
  );
  return Promise.resolve([...RATES.map((rate) => measure(rate, planned)), calibrated(cap)]);
}

/**
 * What it would take to decide the cells of the kit's calibration, which are the reference and every mutant in every
 * scenario: exactly, if each failed as often as it was seen to fail there.
 */
function calibrated(cap: number): BenchResult {
  const measured = readMeasured();
  const rows = measured === undefined ? [] : [measured.reference, ...measured.mutants];
  const runs = rows
    .flatMap(({ cells }) => cells)
    .filter(({ passed, failed }) => passed + failed > 0)
    .map(({ passed, failed }) => failed / (passed + failed))
    .map((rate) => characteristic(DEFAULT_STOPPING, cap, rate).averageRuns);
  const mean = runs.reduce((sum, one) => sum + one, 0) / runs.length;
  const fixed = fixedPlan(DEFAULT_STOPPING).runs;
  const note = `mean ${mean.toFixed(1)}, ${percent(mean / fixed)} of the fixed ${fixed}`;
  return summarise('runs of the reference and the mutants', 'runs', runs, note);
}

function measure(rate: number, planned: readonly PlannedRun[]): BenchResult {
  const random = randomFrom(`rate ${rate}`);
  const tallies = Array.from({ length: TRIALS }, () => gradeOnce(rate, planned, random));
  const runs = tallies.map((one) => one.runs);
  const called = (decision: string) =>
    tallies.filter(({ stopped }) => stopped?.decision === decision).length;
  const covered = tallies.filter(({ failureRate: { low, high } }) => low <= rate && rate <= high);
  const mean = runs.reduce((sum, one) => sum + one, 0) / TRIALS;
  const fixed = fixedPlan(DEFAULT_STOPPING).runs;
  const exact = characteristic(DEFAULT_STOPPING, planned.length, rate);
  const note = [
    `mean ${mean.toFixed(1)} (exactly ${exact.averageRuns.toFixed(1)}), ${percent(mean / fixed)} of the fixed ${fixed}`,
    `unacceptable ${share(called('unacceptable'))}, exactly ${percent(exact.unacceptable)}`,
    `acceptable ${share(called('acceptable'))}, exactly ${percent(exact.acceptable)}`,
    `undecided ${share(called('undecided'))}, exactly ${percent(exact.undecided)}`,
    `covered ${share(covered.length)}`,
  ].join('\n');
  return summarise(`runs at a failure rate of ${percent(rate)}`, 'runs', runs, note);
}

/** All of its runs have a record, as if the grader had run far ahead of the decision. */
function gradeOnce(rate: number, planned: readonly PlannedRun[], random: Random): Tally {
  const records = planned.map((run) => recordOf(run, random.chance(rate)));
  const [one] = tally(records, { planned, stopping: DEFAULT_STOPPING });
  if (one === undefined) throw new Error('there is no tally');
  return one;
}

function recordOf({ key, scenario, index, seed }: PlannedRun, fails: boolean): RunRecord {
  return {
    key,
    attempt: 0,
    submission: SUBMISSION,
    scenario,
    index,
    seed,
    world: 'processes',
    ...(fails ? { verdict: 'fail', class: 'safety', signature: 'any' } : { verdict: 'pass' }),
    reason: 'any',
    durationMs: 1,
    cpuMs: 1,
    operations: { ok: 1, failed: 0, indefinite: 0 },
    faults: {},
    lagMs: 0,
  };
}

/** With its 95 % interval. */
function share(count: number): string {
  const { low, high } = clopperPearson(count, TRIALS);
  return `${percent(count / TRIALS)} (${percent(low)} to ${percent(high)})`;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`;
}
