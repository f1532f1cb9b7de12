/** The table of a calibration for a terminal: two lines for each mutant that was caught. */

import Table from 'cli-table3';
import type { Calibration, Detection } from '../../measured/calibration.js';
import { percent, percentRange } from '../../text/count.js';
import { wordsOf } from './calibration-words.js';
import { wrap } from './wrap.js';

const COLUMNS = ['detection\nper run', 'runs for\n95 %', 'runs for\n99 %'];
/** The widest content that the columns after the first are made for. */
const WIDTHS = [15, 9, 9];
const MIN_NAME_WIDTH = 16;
/** A blank on either side of a cell and one border. */
const CELL_EXTRA = 3;

const legend = (wrong: string) =>
  `How likely one run is to catch a ${wrong}, with its 95 % interval (Clopper–Pearson), and the runs of ` +
  'that scenario after which it is caught with 95 % and 99 %: from the estimate, and at most (≤) from ' +
  'the lower end of the interval.';

/**
 * The mutants that were caught, the hardest to catch first, with a legend above; no lines if there is
 * none.
 */
export function mutantTable(calibration: Calibration, width: number): string[] {
  const { mutants } = calibration;
  const { wrong } = wordsOf(calibration);
  const rows = mutants
    .flatMap(({ name, caughtIn: [best] }) => (best === undefined ? [] : [{ name, best }]))
    .toSorted((a, b) => a.best.low - b.best.low);
  if (rows.length === 0) return [];
  const rest = WIDTHS.reduce((sum, content) => sum + content + CELL_EXTRA, 1);
  const longest = Math.max(...rows.map(({ name, best }) => longer(name, `  ${best.scenario}`)));
  const nameWidth = Math.min(
    Math.max(longest, wrong.length, MIN_NAME_WIDTH),
    width - rest - CELL_EXTRA,
  );
  const table = new Table({
    head: [`${wrong}\n  caught best by`, ...COLUMNS],
    colWidths: [nameWidth, ...WIDTHS].map((content) => content + 2),
    colAligns: ['left', 'left', 'right', 'right'],
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  table.push(...rows.map(({ name, best }) => mutantCells(name, best)));
  return [...wrap(legend(wrong), width, ''), table.toString()];
}

function longer(a: string, b: string): number {
  return Math.max(a.length, b.length);
}

function mutantCells(name: string, best: Detection): string[] {
  const { scenario, usable, estimate, low, high, runsFor95, runsFor99 } = best;
  return [
    `${name}\n  ${scenario}`,
    `${percent(estimate)} % of ${usable}\n${percentRange(low, high)}`,
    `${runsFor95.estimate}\n≤ ${runsFor95.atMost}`,
    `${runsFor99.estimate}\n≤ ${runsFor99.atMost}`,
  ];
}
