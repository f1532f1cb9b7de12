/**
 * A sweep for a terminal: for each kind of call how often the scenario fails by how late it is, what was
 * left out, and last where the race is. Text in, text out.
 */

import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import colors from 'picocolors';
import { describeKind } from '../../../harness/index.js';
import { describeTally } from '../../tally/describe-tally.js';
import { count, percent, percentRange } from '../../text/count.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { alwaysFails } from '../../studies/sweep/always-fails.js';
import { describeGaps, describeQuiet, describeRace } from '../../studies/sweep/describe-sweep.js';
import type { Sweep, SweepCell, SweptPosition } from '../../studies/sweep/sweep.js';
import type { TerminalOptions } from './terminal.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 100;
const MIN_WIDTH = 72;
const TEXT_LENGTH = 500;
const INDENT = '    ';

const COLUMNS = ['calls\n  delay', 'held', 'runs', 'failed', 'unknown', 'failure rate (95 %)'];
/** The widest content that the columns are made for; together they fit the narrowest terminal. */
const WIDTHS = [12, 5, 4, 6, 7, 22];
const JOINTS = /^[┬┴]+$/;
/** Of a kind of call, which stands alone on its line. */
const NAME_LENGTH = 60;

type Palette = ReturnType<typeof colors.createColors>;

/** The report, with a line feed at its end. */
export function renderSweep(sweep: Sweep, { color, width }: TerminalOptions): string {
  const columns = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width ?? MAX_WIDTH));
  const palette = colors.createColors(color);
  const fit = (texts: readonly string[]) =>
    texts.flatMap((text) => wrap(sanitizeLine(text, TEXT_LENGTH), columns, INDENT));
  const { submission, scenario, positions, part, baseline } = sweep;
  const races = positions.flatMap((position) =>
    position.race === undefined ? [] : [describeRace(position, position.race, part)],
  );
  const sections = [
    fit([
      `${submission.name}, ${scenario}: ` +
        (alwaysFails(baseline)
          ? 'no call was delayed.'
          : `${count(positions.length, 'kind')} of calls, each ` +
            `${part === 'request' ? 'delivered' : 'answered'} late in runs of its own.`),
      `Without any delay: ${describeTally(baseline)}.`,
    ]),
    positions.length === 0 ? [] : [table(positions, palette)],
    fit(describeGaps(sweep)),
    races.length === 0 ? fit([describeQuiet(sweep)]) : fit(races).map(palette.red),
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => `${section.join('\n')}\n`)
    .join('\n');
}

function table(positions: readonly SweptPosition[], palette: Palette): string {
  const shown = new Table({
    head: COLUMNS,
    colWidths: WIDTHS.map((content) => content + 2),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'left'],
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  for (const position of positions) {
    // A name may be as long as the line, since nothing else stands beside it.
    shown.push([{ content: sanitizeLine(describeKind(position), NAME_LENGTH), colSpan: 6 }]);
    shown.push(...position.cells.map((cell) => row(cell, palette)));
  }
  // Above and below such a line the table has joints of a rule that it does not have.
  const lines = shown.toString().split('\n');
  return lines.filter((line) => !JOINTS.test(stripVTControlCharacters(line))).join('\n');
}

function row(cell: SweepCell, palette: Palette): string[] {
  const { delayMs, share, passed, failed, unknown, failureRate } = cell;
  const { estimate, low, high } = failureRate;
  return [
    delayMs === 0 ? '  none' : `  ${delayMs} ms`,
    delayMs === 0 ? '' : `${Math.round(share * 100)} %`,
    String(passed + failed),
    failed > 0 ? palette.red(String(failed)) : '0',
    unknown > 0 ? palette.yellow(String(unknown)) : '0',
    estimate === null ? '-' : `${percent(estimate)} % (${percentRange(low, high)})`,
  ];
}
