/** The operating curve of a rubric for a terminal: a table for each policy, one for the whole, and advice. */

import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { count, percent } from '../../text/count.js';
import type {
  FalseAlarmCost,
  OperatingCurve,
  PolicyCurve,
  RatePoint,
  WholePoint,
} from '../../studies/operating-curve/operating-curve.js';
import { FEW_STRADDLES } from '../../studies/operating-curve/straddling.js';
import { describePolicy, isRatePolicy, kindOf } from '../../rubric/policies/registry.js';
import { shortPercent } from '../../rubric/policies/share-words.js';
import type { Stopping } from '../../statistics/sequential/stopping.js';
import { shorten } from '../../text/sanitize.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { paperFor, report, sentence, type Paper, type PaperOptions } from './terminal-layout.js';

const INDENT = '  ';
/** Probabilities nearer to 0 or 1 than this are not written as a number. */
const NEAR = 0.0001;

/** The true failure rate for which a sentence gives the answer as well. */
const TOLD_RATE = 0.03;

/** The report, with a line feed at its end. */
export function renderOperatingCurve(
  curve: Clean<OperatingCurve>,
  options: Pick<PaperOptions, 'width'>,
): string {
  const paper = paperFor({ ...options, color: false });
  const fit = (texts: readonly string[]) => texts.flatMap((text) => sentence(text, paper));
  return report([
    fit(heading(curve)),
    ...curve.policies.map((one) => [
      ...fit(policyLines(one, curve)),
      ...policyTable(one, paper),
      ...fit(toldLines(one)),
    ]),
    [...fit([WHOLE_LINE]), ...wholeTable(curve, paper)],
    fit(curve.falseAlarms === undefined ? [] : falseAlarmLines(curve.falseAlarms, curve)),
    fit(curve.advice.map((one) => `* ${one}`)),
  ]);
}

function heading(curve: Clean<OperatingCurve>): string[] {
  const { title, scenarios, maxPoints, runs, stopping } = curve;
  const most = stopping === undefined ? '' : 'at most ';
  return [
    shorten(title, LENGTHS.sentence),
    `${count(scenarios, 'scenario')}, ${count(maxPoints, 'point')}, ${most}${count(runs, 'run')} of each scenario` +
      whatCounts(curve),
    ...(stopping === undefined ? [] : [describeStopping(stopping)]),
  ];
}

function whatCounts({ policies, confidence, gradedEnd, straddle }: OperatingCurve): string {
  const review = straddle === 'review';
  if (policies.every(isByDecision)) {
    return review ? '; where nothing is decided, staff look at it' : '';
  }
  const open = policies.some(isByDecision) ? ' or nothing is decided' : '';
  return (
    `; the ${gradedEnd} end of the ${shortPercent(confidence)} interval counts` +
    (review ? `; where the interval straddles a step${open}, staff look at it` : '')
  );
}

function isByDecision({ policy }: PolicyCurve): boolean {
  return !isRatePolicy(policy);
}

function describeStopping({ acceptable, unacceptable, falseAlarm, miss }: Stopping): string {
  return (
    `each scenario is run until the test can tell a failure rate of up to ${shortPercent(acceptable)} from one of ${shortPercent(unacceptable)} ` +
    `or more; it calls an acceptable scenario unacceptable with a probability of at most ${shortPercent(falseAlarm)}, and an unacceptable one acceptable with at most ${shortPercent(miss)}`
  );
}

function policyLines(curve: PolicyCurve, { runs }: OperatingCurve): string[] {
  const { policy, scenarios, maxPoints, byFailures } = curve;
  const worth = `${count(scenarios.length, 'scenario')}, ${count(maxPoints, 'point')}`;
  const bounds = byFailures === undefined ? [] : [describeBounds(byFailures, runs)];
  return [
    `${worth}: ${describePolicy(policy)}`,
    ...bounds,
    'How likely the points are, by the true failure rate:',
  ];
}

function describeBounds(
  { allUpTo, noneFrom }: NonNullable<PolicyCurve['byFailures']>,
  runs: number,
): string {
  const all =
    allUpTo === null
      ? 'never all points'
      : `all points ${allUpTo === 0 ? 'without a failure' : `up to ${count(allUpTo, 'failure')}`}`;
  return `${INDENT}that is, in ${count(runs, 'run')}: ${all}, none from ${noneFrom} on`;
}

/** With a column for each share of the points; the most telling table that fits the width. */
function policyTable({ policy, rates }: PolicyCurve, paper: Paper): string[] {
  const steps = isRatePolicy(policy) ? kindOf(policy).steps(policy) : [];
  const each = steps.flatMap(({ share }) => shareColumn(share));
  const open = isRatePolicy(policy) ? 'straddle\na step' : 'un-\ndecided';
  const partly = rates.some(({ somePoints }) => somePoints > 0);
  const some = partly ? [column<RatePoint>('some\npoints', (one) => chance(one.somePoints))] : [];
  const longest = [...(each.length > 0 ? [each] : []), some]
    .map((columns) => policyColumns(columns, rates, open, [MEAN]))
    .find((columns) => hasRoom(rates, columns, paper.width));
  return renderColumns(rates, longest ?? policyColumns(some, rates, open, []), paper);
}

function column<Row>(title: string, text: (row: Row) => string): Column<Row> {
  return { title, text, align: 'right' };
}

const MEAN = column<RatePoint>('mean\nshare', ({ meanShare }) => chance(meanShare));

const MEAN_RUNS = column<RatePoint>('runs on\naverage', ({ meanRuns }) => meanRuns.toFixed(1));

/** Whether every rate takes as many runs. */
function isFixed(rates: readonly RatePoint[]): boolean {
  return rates.every(
    ({ meanRuns }) => Math.round(meanRuns) === Math.round(rates[0]?.meanRuns ?? 0),
  );
}

function policyColumns(
  partly: readonly Column<RatePoint>[],
  rates: readonly RatePoint[],
  open: string,
  mean: readonly Column<RatePoint>[],
): Column<RatePoint>[] {
  const jumps = rates.some(({ straddling }) => straddling > 0);
  const stops = rates.every(({ runsForFewStraddles }) => runsForFewStraddles === undefined);
  const straddling = column<RatePoint>(open, (point) => chance(point.straddling));
  const runs = column<RatePoint>(`runs for\n< ${shortPercent(FEW_STRADDLES)}`, enoughRuns);
  return [
    column('failure\nrate', ({ rate }) => shortPercent(rate)),
    column('all\npoints', ({ allPoints }) => chance(allPoints)),
    ...partly,
    column('no\npoints', ({ noPoints }) => chance(noPoints)),
    ...mean,
    ...(jumps ? [straddling] : []),
    ...(jumps && !stops ? [runs] : []),
    ...(isFixed(rates) ? [] : [MEAN_RUNS]),
  ];
}

function shareColumn(share: number): Column<RatePoint>[] {
  if (share === 1) return [];
  const has = (point: RatePoint) => point.shares.find((one) => one.share === share);
  const title = `${shortPercent(share)} of\npoints`;
  return [column(title, (point) => chance(has(point)?.probability ?? 0))];
}

function enoughRuns({ runsForFewStraddles }: RatePoint): string {
  return runsForFewStraddles?.toLocaleString('en') ?? '> 10,000';
}

/** The question that is asked most, answered in a sentence. */
function toldLines({ rates }: PolicyCurve): string[] {
  return rates
    .filter(({ rate }) => rate === TOLD_RATE)
    .map(
      ({ rate, allPoints }) =>
        `A submission that truly fails in ${shortPercent(rate)} of its runs gets all points with a probability of ${chance(allPoints)}.`,
    );
}

const WHOLE_LINE =
  'The whole rubric, for a submission that fails at the same rate in every scenario, each independently:';

function wholeTable({ whole, maxPoints, policies }: OperatingCurve, paper: Paper): string[] {
  const open = policies.some(isByDecision)
    ? 'scenarios that\nstay open'
    : 'scenarios that\nstraddle a step';
  const columns: Column<WholePoint>[] = [
    column('failure\nrate', ({ rate }) => shortPercent(rate)),
    column(`mean points\nof ${maxPoints}`, ({ meanPoints }) => meanPoints.toFixed(2)),
    column('all points\neverywhere', ({ allPoints }) => chance(allPoints)),
    column(open, ({ straddling }) => straddling.toFixed(1)),
  ];
  return renderColumns(whole, columns, paper);
}

function falseAlarmLines(cost: FalseAlarmCost, { maxPoints }: OperatingCurve): string[] {
  const points = (lost: number) =>
    `${lost > 0 && lost < 0.005 ? '< 0.01' : lost.toFixed(2)} of ${count(maxPoints, 'point')}`;
  const { runs, falseAlarms, measured, rate, atRate, highestRate, atOwnRates } = cost;
  if (runs === 0) return [];
  return [
    `Average cost of the kit's false alarms for a correct submission (the calibration contains ${count(runs, 'run')} of the reference, ${falseAlarms === 0 ? 'none' : falseAlarms} of which failed):`,
    `${INDENT}${points(measured)} as measured`,
    `${INDENT}${points(atRate)} if every scenario has the highest mean rate that is not ruled out, ${percent(rate)} % (95 %)`,
    `${INDENT}${points(atOwnRates)} if each has the highest rate that its own runs do not rule out, up to ${percent(highestRate)} % (95 % each)`,
  ];
}

/** A probability as a percentage; nearly impossible or nearly certain is not written as 0 % or 100 %. */
function chance(probability: number): string {
  if (probability > 0 && probability < NEAR) return `< ${shortPercent(NEAR)}`;
  if (probability < 1 && probability > 1 - NEAR) return `> ${shortPercent(1 - NEAR)}`;
  return `${percent(probability)} %`;
}
