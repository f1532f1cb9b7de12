/** A sweep in words: where the race is, what was left out. Sentences without colours and widths. */

import { describeKind } from '../../harness/index.js';
import { count, percent, percentRange } from '../describe-tally.js';
import type { Sweep, SweepRace, SweepSide, SweptPosition } from './sweep.js';

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

/** Of positions that make no difference, how often the scenario fails whatever is late. */
export function describeQuiet(sweep: Sweep): string {
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

/** What the reader must know that was not, or could not be, looked at. */
export function describeGaps({ positions, rare }: Sweep): string[] {
  const pings = positions.filter(({ leftOutMs }) => leftOutMs.length > 0);
  const leftOut = [...new Set(pings.flatMap(({ leftOutMs }) => leftOutMs))];
  const cells = positions.flatMap((position) => position.cells.map((cell) => ({ position, cell })));
  const dead = cells.filter(({ cell }) => cell.unknownCauses['delayed-to-death'] !== undefined);
  const undone = cells.reduce((sum, { cell }) => sum + cell.undone, 0);
  return [
    ...(pings.length === 0
      ? []
      : [
          `Not delayed by ${leftOut.join(', ')} ms: ${pings.map(describeKind).join(', ')}. A server that ` +
            `pings so late may rightly be taken for dead.`,
        ]),
    ...dead.map(
      ({ position, cell }) =>
        `${describeKind(position)}, ${cell.delayMs} ms: ${count(cell.unknownCauses['delayed-to-death'] ?? 0, 'run')} ` +
        `not counted, because the delay kept a server from pinging until it looked dead.`,
    ),
    ...(rare.length === 0 ? [] : [`Too rare to be swept: ${rare.map(describeKind).join(', ')}.`]),
    ...(undone === 0 ? [] : [`${count(undone, 'planned run')} not done.`]),
  ];
}

function rate({ failed, failureRate: { estimate, low, high } }: SweepSide): string {
  const range = `(${percentRange(low, high)})`;
  return failed === 0 ? `never ${range}` : `${percent(estimate ?? 0)} % ${range}`;
}
