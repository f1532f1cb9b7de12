/** What a regrade has changed, for a terminal: a line for each student with the old points, the new ones, and why. */

import Table from 'cli-table3';
import type { RegradeReport, Standing } from '../class/regrade-changes.js';
import { count } from '../describe-tally.js';
import { sanitizeLine } from '../sanitize.js';

const NAME_LENGTH = 40;
const REASON_LENGTH = 60;

/** With a line feed at its end; empty without a regrade. */
export function renderRegrade(regrade: RegradeReport | undefined): string {
  if (regrade === undefined) return '';
  if (regrade.changes.length === 0) return '\nregraded: nothing has changed for anybody\n';
  const table = new Table({ head: ['regraded', 'before', 'after', 'why'], style: STYLE });
  for (const { submission, student, before, after, reasons } of regrade.changes) {
    table.push([
      sanitizeLine(student?.name ?? submission, NAME_LENGTH),
      before === undefined ? '-' : describe(before),
      describe(after),
      reasons.map((reason) => sanitizeLine(reason, REASON_LENGTH)).join('\n'),
    ]);
  }
  return `\n${table.toString()}\n`;
}

const STYLE = { head: [], border: [] };

function describe({ points, maxPoints, failingScenarios, ungradable }: Standing): string {
  if (points !== undefined) return `${points} of ${maxPoints}`;
  if (ungradable !== undefined) return 'cannot be graded';
  return failingScenarios === 0 ? 'no failure' : `fails in ${count(failingScenarios, 'scenario')}`;
}
