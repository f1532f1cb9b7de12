/** The changes of a regrade, for a terminal: a line for each student with the old points, the new ones, and why. */

import type { RegradeChange, RegradeReport, Standing } from '../../results/regrade-changes.js';
import { count } from '../../text/count.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { paperFor, sentence, type PaperOptions } from './terminal-layout.js';

const NAME_WIDTH = 30;

const COLUMNS: readonly Column<Clean<RegradeChange>>[] = [
  { title: 'student', text: nameOf, most: NAME_WIDTH },
  { title: 'before', text: ({ before }) => describe(before), align: 'right' },
  { title: 'after', text: ({ after }) => describe(after), align: 'right' },
  { title: 'why', text: whyOf, flexible: true },
];

/** With a line feed at its end; empty without a regrade. */
export function renderRegrade(
  regrade: Clean<RegradeReport> | undefined,
  options: PaperOptions,
): string {
  if (regrade === undefined) return '';
  const paper = paperFor(options);
  const { changes } = regrade;
  const table = () =>
    hasRoom(changes, COLUMNS, paper.width)
      ? renderColumns(changes, COLUMNS, paper)
      : changes.flatMap((one) => sentence(COLUMNS.map(({ text }) => text(one)).join(', '), paper));
  const heading = `graded again at ${regrade.at}${changes.length === 0 ? ': nothing changed' : ''}`;
  const lines = [heading, ...(changes.length === 0 ? [] : table())];
  return `\n${lines.map((line) => `${line}\n`).join('')}`;
}

function nameOf({ submission, students = [] }: Clean<RegradeChange>): string {
  return peopleOf({ name: submission, students }, LENGTHS.cell);
}

function whyOf({ reasons }: Clean<RegradeChange>): string {
  return reasons.map((one) => shorten(one, LENGTHS.sentence)).join('; ');
}

function describe(standing: Clean<Standing> | undefined): string {
  if (standing === undefined) return '-';
  const { points, maxPoints, failingScenarios, ungradable } = standing;
  if (points !== undefined) return `${points} of ${maxPoints}`;
  if (ungradable !== undefined) return 'not graded';
  return failingScenarios === 0 ? 'no failure' : `fails in ${count(failingScenarios, 'scenario')}`;
}
