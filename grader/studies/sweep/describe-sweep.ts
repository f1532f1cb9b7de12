/** A sweep in words: the delays that make a difference, and the gaps. Sentences without colours and widths. */

import { describeKind } from '../../../harness/index.js';
import { count, percent, percentRange } from '../../text/count.js';
import { alwaysFails } from './always-fails.js';
import type { Sweep, SweepCell, SweepRace, SweepSide, SweptPosition } from './sweep.js';

/**
 * `fails 38 % (26–51 %) when Forward pb1→pb2 takes ≥ 100 ms, never (0–7 %) when it is instant`; the side that
 * fails more often comes first.
 */
export function describeRace(
  position: SweptPosition,
  { fromMs, belowMs, below, from, corrected }: SweepRace,
  part: Sweep['part'],
): string {
  const call = describeKind(position);
  const subject = part === 'request' ? call : `the reply of ${call}`;
  const late = `takes ≥ ${fromMs} ms`;
  const soon = belowMs === 0 ? 'is instant' : `takes ≤ ${belowMs} ms`;
  const chance = corrected < 0.001 ? 'p < 0.001' : `p = ${corrected.toPrecision(1)}`;
  return (from.failureRate.estimate ?? 0) > (below.failureRate.estimate ?? 0)
    ? `fails ${rate(from)} when ${subject} ${late}, ${rate(below)} when it ${soon} (${chance})`
    : `fails ${rate(below)} when ${subject} ${soon}, ${rate(from)} when it ${late} (${chance})`;
}

/** Says that no position makes a difference, and how often the scenario fails whatever is late. */
export function describeQuiet(sweep: Sweep): string {
  if (alwaysFails(sweep.baseline)) return describeEnd(sweep);
  const cells = sweep.positions.flatMap((position) => position.cells.slice(1));
  const failed = cells.reduce((sum, cell) => sum + cell.failed, sweep.baseline.failed);
  const usable = cells.reduce(
    (sum, cell) => sum + cell.failed + cell.passed,
    sweep.baseline.failed + sweep.baseline.passed,
  );
  if (usable === 0) return 'No run can be judged.';
  if (failed === 0) return `No position matters: none of ${count(usable, 'run')} failed.`;
  return (
    `No position matters: ${failed} of ${count(usable, 'run')} failed, and no delay makes more of a ` +
    `difference than chance does.`
  );
}

/** Why a sweep ended with its baseline, and what to do. */
function describeEnd({ baseline: { failed } }: Sweep): string {
  const runs =
    failed === 1 ? 'The run that can be judged' : `All ${failed} runs that can be judged`;
  return (
    `${runs} failed without any delay, so no delay can show which call must be late, and the sweep ends here. ` +
    'Look at the failure below and repair it, or choose a scenario that passes sometimes; then sweep again.'
  );
}

/** The gaps of a sweep: calls that were not or could not be delayed, and runs that are not counted. */
export function describeGaps(sweep: Sweep): string[] {
  const { positions, rare, failedUntouched } = sweep;
  const late = positions.flatMap((position) => position.cells.slice(1));
  const sum = (of: (cell: SweepCell) => number) =>
    late.reduce((total, cell) => total + of(cell), 0);
  const untouched = sum((cell) => cell.withoutEffect);
  const undone = sum((cell) => cell.undone) + sweep.baseline.planned - sweep.baseline.runs;
  const failed = failedUntouched === 0 ? '' : `; ${failedUntouched} of them failed all the same`;
  return [
    ...latePings(positions),
    ...positions.flatMap(lookedDead),
    ...(rare.length === 0 ? [] : [`Too rare to be swept: ${rare.map(describeKind).join(', ')}.`]),
    ...(untouched === 0
      ? []
      : [`${count(untouched, 'run')} without a call to delay, not counted${failed}.`]),
    ...(undone === 0 ? [] : [`${count(undone, 'planned run')} not done.`]),
  ];
}

function latePings(positions: readonly SweptPosition[]): string[] {
  const pings = positions.filter(({ leftOutMs }) => leftOutMs.length > 0);
  const [first] = pings;
  if (first === undefined) return [];
  return [
    `Not delayed by ${first.leftOutMs.join(', ')} ms: ${pings.map(describeKind).join(', ')}. A server that ` +
      `pings so late may rightly be taken for dead.`,
  ];
}

function lookedDead(position: SweptPosition): string[] {
  return position.cells.flatMap(({ delayMs, unknownCauses }) => {
    const runs = unknownCauses['delayed-to-death'] ?? 0;
    if (runs === 0) return [];
    return [
      `${describeKind(position)}, ${delayMs} ms: ${count(runs, 'run')} not counted, because the delay kept ` +
        `a server from pinging until it looked dead.`,
    ];
  });
}

function rate({ failed, failureRate: { estimate, low, high } }: SweepSide): string {
  const range = `(${percentRange(low, high)})`;
  return failed === 0 ? `never ${range}` : `${percent(estimate ?? 0)} % ${range}`;
}
