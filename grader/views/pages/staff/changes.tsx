/** Who gains and who loses by another rubric, in a table; the largest changes first. */

import type { Outcome } from './grade-class.js';
import { points } from './section.js';
import type { StaffData } from './staff-data.js';

interface PointChangesProps {
  data: StaffData;
  /** Both in the order of the students. */
  before: readonly Outcome[];
  after: readonly Outcome[];
}

export function PointChanges({ data, before, after }: PointChangesProps) {
  const changes = data.students
    .map(({ label, href }, index) => {
      const [old, now] = [before[index]?.points ?? 0, after[index]?.points ?? 0];
      return { label, href, old, now, change: now - old };
    })
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (changes.length === 0) return <p id="what-if-changes">No points change.</p>;
  return (
    <div class="scroll box" tabIndex={0} role="region" aria-label="Changed points">
      <table class="wide" id="what-if-changes">
        <thead>
          <tr>
            <th scope="col">Submission</th>
            {['Before', 'After', 'Change'].map((title) => (
              <th scope="col" class="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map(({ label, href, old, now, change }) => (
            <tr>
              <th scope="row">
                <a href={href}>{label}</a>
              </th>
              <td class="number">{points(old)}</td>
              <td class="number">{points(now)}</td>
              <td class="number">
                {change > 0 ? '+' : '−'}
                {points(Math.abs(change))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
