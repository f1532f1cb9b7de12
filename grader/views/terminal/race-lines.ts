/** Data races for a terminal: the number of runs with each kind, and the stacks of the most frequent. */

import { join } from 'node:path';
import { readRegularText } from '../../../harness/index.js';
import { count } from '../../text/count.js';
import type { RaceSummary } from '../../tally/scenario-tally.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { sanitizeEvent, shorten } from '../../text/sanitize.js';
import { wrap } from './wrap.js';

/** Kinds of races shown with their stacks; the others have theirs in the evidence. */
const STACKS_SHOWN = 2;

/** Lines of a report that are shown: of most, all. */
const LINES_SHOWN = 40;

/** In how many of these runs there were races, and a line or two for each kind. */
export function renderRaces(
  { runs: raced, kinds }: Clean<RaceSummary>,
  runs: number,
  width: number,
): string[] {
  return [
    `data races in ${raced} of ${count(runs, 'run')}, which change no verdict:`,
    ...kinds.flatMap(({ signature, runs: times, report, exampleRun }) => [
      ...wrap(`  ${times} × ${shorten(signature, LENGTHS.sentence)}`, width, '      '),
      ...wrap(`      such as ${shorten(report ?? exampleRun, LENGTHS.sentence)}`, width, '      '),
    ]),
  ];
}

/** The race detector's output on the most frequent kinds; a missing file is skipped. */
export function renderStacks({ kinds }: Clean<RaceSummary>, directory: string): string[] {
  return kinds
    .flatMap(({ report }) => (report === undefined ? [] : [readLines(join(directory, report))]))
    .filter((lines) => lines.length > 0)
    .slice(0, STACKS_SHOWN)
    .flatMap((lines) => ['', ...lines.slice(0, LINES_SHOWN)]);
}

function readLines(file: string): string[] {
  try {
    const text = readRegularText(file).trimEnd();
    return text.split('\n').map((line) => `    ${sanitizeEvent(line, LENGTHS.sentence)}`.trimEnd());
  } catch {
    return [];
  }
}
