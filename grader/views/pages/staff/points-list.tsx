/** All students with their points, in a plain table that can be sorted. */

import { sanitizeLine } from '../../../text/sanitize.js';
import { DataTable, type Column } from '../data-table.js';
import type { StudentRow } from './class-model.js';
import { points } from './section.js';

const NOTE_LENGTH = 200;

export function PointsList({ rows }: { rows: readonly StudentRow[] }) {
  return (
    <details class="points-list" open>
      <summary>Points of each student</summary>
      <DataTable
        label="Points of each student"
        id="points-table"
        rows={rows.toSorted((a, b) => a.label.localeCompare(b.label))}
        columns={COLUMNS}
        isSortable
      />
    </details>
  );
}

const COLUMNS: readonly Column<StudentRow>[] = [
  {
    title: 'Student',
    cell: ({ label, href, submission: { note } }) => (
      <>
        <a href={href}>{label}</a>
        {note === undefined ? null : <span class="quiet"> {sanitizeLine(note, NOTE_LENGTH)}</span>}
      </>
    ),
  },
  number('Points', ({ submission }) => submission.grade?.points ?? 0),
  number('Of', ({ submission }) => submission.grade?.maxPoints ?? 0),
  number('To review', ({ submission, grades }) =>
    submission.ungradable === undefined
      ? [...grades.values()].filter(({ status }) => status === 'review').length
      : 1,
  ),
];

function number(title: string, value: (row: StudentRow) => number): Column<StudentRow> {
  return { title, isNumber: true, value, cell: (row) => points(value(row)) };
}
