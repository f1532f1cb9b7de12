/** All students with their points, in a plain table that can be sorted. */

import { sanitizeLine } from '../../../text/sanitize.js';
import type { StudentRow } from './class-model.js';
import { points } from './section.js';

const NOTE_LENGTH = 200;

export function PointsList({ rows }: { rows: readonly StudentRow[] }) {
  const sorted = rows.toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <details class="points-list" open>
      <summary>Points of each student</summary>
      <div class="scroll box" tabIndex={0} role="region" aria-label="Points of each student">
        <table class="wide" id="points-table" data-sortable>
          <thead>
            <tr>
              {COLUMNS.map(({ title, look }) => (
                <th scope="col" class={look}>
                  <button type="button">{title}</button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <Line row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const COLUMNS = [
  { title: 'Student', look: undefined },
  { title: 'Points', look: 'number' },
  { title: 'Of', look: 'number' },
  { title: 'To review', look: 'number' },
] as const;

function Line({ row: { label, href, submission, grades } }: { row: StudentRow }) {
  const { grade, ungradable, note } = submission;
  const open = [...grades.values()].filter(({ status }) => status === 'review').length;
  const reviews = ungradable === undefined ? open : 1;
  return (
    <tr>
      <th scope="row">
        <a href={href}>{label}</a>
        {note === undefined ? null : <span class="quiet"> {sanitizeLine(note, NOTE_LENGTH)}</span>}
      </th>
      {[grade?.points ?? 0, grade?.maxPoints ?? 0, reviews].map((value) => (
        <td class="number" data-value={value}>
          {points(value)}
        </td>
      ))}
    </tr>
  );
}
