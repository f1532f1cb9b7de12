/**
 * Results for a terminal: for each submission a table of its scenarios, and below it what the
 * failures look like and what the runs without a failure rule out. Text in, text out.
 */

import Table from 'cli-table3';
import colors from 'picocolors';
import { describeTally, percent, percentRange } from '../describe-tally.js';
import { groupBy } from '../group-by.js';
import { joinRaces } from '../data-races.js';
import type { FailureGroup } from '../groups/group.js';
import { groupFailures } from '../groups/group-failures.js';
import type { Results, SubmissionResults } from '../results.js';
import { sanitizeLine } from '../sanitize.js';
import type { ScenarioTally, SignatureCount, TallyWord } from '../tally.js';
import { renderRaces } from './data-races.js';
import { renderRecurring } from './recurring.js';
import { wrap } from './wrap.js';

const MAX_WIDTH = 100;
const MIN_WIDTH = 72;
const NAME_LENGTH = 60;
const SIGNATURE_LENGTH = 300;
const DIGEST_LENGTH = 12;

const COLUMNS = ['scenario', 'word', 'runs', 'failed', 'unknown', 'failure rate (95 %)'];
/** The widest content that the columns after the first are made for. */
const WIDTHS = [9, 6, 6, 7, 24];
/** A blank on either side of a cell and one border. */
const CELL_EXTRA = 3;

const WORD_COLORS = {
  solid: 'green',
  flaky: 'red',
  broken: 'red',
  undecided: 'yellow',
} as const satisfies Record<TallyWord, string>;

export interface TerminalOptions {
  color: boolean;
  /** Columns of the terminal; the report takes from 72 to 100 of them. */
  width?: number;
}

type Palette = ReturnType<typeof colors.createColors>;

/** The report, with a line feed at its end. */
export function renderTerminal(results: Results, { color, width }: TerminalOptions): string {
  const columns = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, width ?? MAX_WIDTH));
  const palette = colors.createColors(color);
  const parts = results.submissions.map((one) => renderSubmission(one, palette, columns));
  return `${parts.join('\n\n')}\n`;
}

function renderSubmission(submission: SubmissionResults, palette: Palette, width: number): string {
  const { name, digest, tallies } = submission;
  const title = palette.bold(sanitizeLine(name, NAME_LENGTH));
  const heading = `${title}  ${palette.dim(sanitizeLine(digest, DIGEST_LENGTH + 1))}`;
  const failing = tallies.filter(({ failed }) => failed > 0);
  const others = tallies.filter(({ failed }) => failed === 0);
  return [
    heading,
    renderTable(tallies, palette, width),
    ...renderRecurring(groupsOf(submission), width).map(palette.bold),
    ...failing.flatMap((tally) => renderFailures(tally, palette, width)),
    ...renderOthers(others, width),
    ...renderRacesOf(tallies, palette, width),
  ].join('\n');
}

/** Results from before groups were kept have none. */
function groupsOf(submission: SubmissionResults): readonly FailureGroup[] {
  return submission.groups ?? groupFailures([submission]).groups;
}

function renderTable(tallies: readonly ScenarioTally[], palette: Palette, width: number): string {
  const rest = WIDTHS.reduce((sum, content) => sum + content + CELL_EXTRA, 1);
  const scenarioWidth = width - rest - CELL_EXTRA;
  const longest = Math.max(COLUMNS[0]?.length ?? 0, ...tallies.map((one) => one.scenario.length));
  const table = new Table({
    head: COLUMNS,
    colWidths: [Math.min(longest, scenarioWidth), ...WIDTHS].map((content) => content + 2),
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  table.push(...tallies.map((tally) => row(tally, palette, scenarioWidth)));
  return table.toString();
}

function row(tally: ScenarioTally, palette: Palette, scenarioWidth: number): string[] {
  return [
    sanitizeLine(tally.scenario, scenarioWidth),
    palette[WORD_COLORS[tally.word]](tally.word),
    String(tally.runs),
    tally.failed > 0 ? palette.red(String(tally.failed)) : '0',
    tally.unknown > 0 ? palette.yellow(String(tally.unknown)) : '0',
    rateCell(tally),
  ];
}

function rateCell({ failureRate: { estimate, low, high } }: ScenarioTally): string {
  return estimate === null ? '-' : `${percent(estimate)} % (${percentRange(low, high)})`;
}

function renderFailures(tally: ScenarioTally, palette: Palette, width: number): string[] {
  const scenario = sanitizeLine(tally.scenario, NAME_LENGTH);
  return [
    ...wrap(`${scenario}: ${describeTally(tally)}`, width, '    '),
    ...tally.signatures.flatMap((one) => renderSignature(one, palette, width)),
  ];
}

function renderSignature(one: SignatureCount, palette: Palette, width: number): string[] {
  const signature = sanitizeLine(one.signature, SIGNATURE_LENGTH);
  const example = one.artifacts ?? one.exampleRun;
  return [
    ...wrap(`  ${one.count} × ${one.class}: ${signature}`, width, '      ').map(palette.red),
    ...wrap(`      such as ${sanitizeLine(example, SIGNATURE_LENGTH)}`, width, '      '),
  ];
}

function renderRacesOf(
  tallies: readonly ScenarioTally[],
  palette: Palette,
  width: number,
): string[] {
  const races = joinRaces(tallies.flatMap((one) => one.races ?? []));
  const runs = tallies.reduce((sum, one) => sum + one.runs, 0);
  return races === undefined ? [] : renderRaces(races, runs, width).map(palette.yellow);
}

/** Scenarios of which the same is to be said share one sentence. */
function renderOthers(tallies: readonly ScenarioTally[], width: number): string[] {
  const groups = groupBy(tallies, describeTally);
  return [...groups].flatMap(([sentence, group]) => {
    const names = group.map(({ scenario }) => sanitizeLine(scenario, NAME_LENGTH)).join(', ');
    return wrap(`${names}: ${sentence}`, width, '    ');
  });
}
