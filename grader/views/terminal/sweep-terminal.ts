/**
 * A sweep for a terminal: for each kind of call the failure rate at each delay, the gaps, and last the races. Text in,
 * text out.
 */

import { describeKind } from '../../../harness/index.js';
import { describeTally } from '../../tally/describe-tally.js';
import type { Clean } from '../../text/clean-text.js';
import { count, rateWithRange } from '../../text/count.js';
import { alwaysFails } from '../../studies/sweep/always-fails.js';
import { describeGaps, describeQuiet, describeRace } from '../../studies/sweep/describe-sweep.js';
import type { Sweep, SweepCell, SweptPosition } from '../../studies/sweep/sweep.js';
import type { Palette } from './color.js';
import { renderColumns, type Column } from './columns.js';
import { paperFor, report, sentence, type Paper, type PaperOptions } from './terminal-layout.js';

/** The report, with a line feed at its end. */
export function renderSweep(sweep: Clean<Sweep>, options: PaperOptions): string {
  const paper = paperFor(options);
  const fit = (texts: readonly string[]) => texts.flatMap((text) => sentence(text, paper));
  const { positions, part, baseline } = sweep;
  const races = positions.flatMap((position) =>
    position.race === undefined ? [] : [describeRace(position, position.race, part)],
  );
  return report([
    fit([heading(sweep), `Without any delay: ${describeTally(baseline)}.`]),
    positions.length === 0 ? [] : table(positions, paper),
    fit(describeGaps(sweep)),
    races.length === 0 ? fit([describeQuiet(sweep)]) : fit(races).map(paper.palette.red),
  ]);
}

function heading({ submission, scenario, positions, part, baseline }: Clean<Sweep>): string {
  const how = part === 'request' ? 'delivered' : 'answered';
  const what = alwaysFails(baseline)
    ? 'no call was delayed.'
    : `${count(positions.length, 'kind')} of calls, each ${how} late in runs of its own.`;
  return `${submission.name}, ${scenario}: ${what}`;
}

/** A line for each kind of call, and below it one for each delay. */
function table(positions: readonly Clean<SweptPosition>[], paper: Paper): string[] {
  const cells = positions.flatMap((position) => position.cells);
  const [head = '', ...rows] = renderColumns(cells, columnsFor(paper.palette), paper);
  return [
    head,
    ...positions.flatMap((position) => [
      ...sentence(describeKind(position), paper),
      ...rows.splice(0, position.cells.length),
    ]),
  ];
}

function columnsFor({ red, yellow }: Palette): Column<SweepCell>[] {
  return [
    {
      title: '  delay',
      text: ({ delayMs }) => (delayMs === 0 ? '  none' : `  ${delayMs} ms`),
    },
    {
      title: 'held',
      text: ({ delayMs, share }) => (delayMs === 0 ? '' : `${Math.round(share * 100)} %`),
      align: 'right',
    },
    { title: 'runs', text: ({ passed, failed }) => String(passed + failed), align: 'right' },
    {
      title: 'failed',
      text: ({ failed }) => String(failed),
      align: 'right',
      paint: (cell, { failed }) => (failed > 0 ? red(cell) : cell),
    },
    {
      title: 'unknown',
      text: ({ unknown }) => String(unknown),
      align: 'right',
      paint: (cell, { unknown }) => (unknown > 0 ? yellow(cell) : cell),
    },
    { title: 'failure rate (95 %)', text: ({ failureRate }) => rateWithRange(failureRate) },
  ];
}
