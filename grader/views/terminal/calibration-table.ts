/** The table of a calibration for a terminal: two lines for each mutant that was caught. */

import type { Calibration, Detection } from '../../measured/calibration.js';
import type { Clean } from '../../text/clean-text.js';
import { percent, percentRange } from '../../text/count.js';
import { wordsOf } from './calibration-words.js';
import { renderColumns, type Column } from './columns.js';
import { sentence, type Paper } from './terminal-layout.js';

/** The cells of one line. */
type Line = readonly [name: string, detection: string, for95: string, for99: string];

const legend = (wrong: string) =>
  `How likely one run is to catch a ${wrong}, with its 95 % interval (Clopper–Pearson), and the number of runs of ` +
  'that scenario that catch it with 95 % and 99 % probability: from the estimate, and at most (≤) from ' +
  'the lower end of the interval.';

/** The mutants that were caught, the hardest to catch first, below a legend; no lines if there is none. */
export function mutantTable(calibration: Clean<Calibration>, paper: Paper): string[] {
  const { mutants } = calibration;
  const { wrong } = wordsOf(calibration);
  const lines = mutants
    .flatMap(({ name, caughtIn: [best] }) => (best === undefined ? [] : [{ name, best }]))
    .toSorted((a, b) => a.best.low - b.best.low)
    .flatMap(({ name, best }) => linesOf(name, best));
  if (lines.length === 0) return [];
  return [...sentence(legend(wrong), paper), ...renderColumns(lines, columnsFor(wrong), paper)];
}

function columnsFor(wrong: string): Column<Line>[] {
  return [
    { title: `${wrong}\n  caught best by`, text: ([name]) => name, flexible: true },
    { title: 'detection\nper run', text: ([, detection]) => detection },
    { title: 'runs for\n95 %', text: ([, , for95]) => for95, align: 'right' },
    { title: 'runs for\n99 %', text: ([, , , for99]) => for99, align: 'right' },
  ];
}

function linesOf(name: string, best: Detection): Line[] {
  const { scenario, usable, estimate, low, high, runsFor95, runsFor99 } = best;
  return [
    [name, `${percent(estimate)} % of ${usable}`, `${runsFor95.estimate}`, `${runsFor99.estimate}`],
    [`  ${scenario}`, percentRange(low, high), `≤ ${runsFor95.atMost}`, `≤ ${runsFor99.atMost}`],
  ];
}
