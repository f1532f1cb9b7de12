/** Who gains and who loses by another rubric, in a table; the largest changes first. */

import { DataTable, type Column } from '../data-table.js';
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
    .map(({ label, href }, index): Change => {
      const [old, now] = [before[index]?.points ?? 0, after[index]?.points ?? 0];
      return { label, href, old, now, change: now - old };
    })
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  if (changes.length === 0) return <p>No points change.</p>;
  return <DataTable label="Changed points" id="what-if-changes" rows={changes} columns={COLUMNS} />;
}

interface Change {
  label: string;
  href: string;
  old: number;
  now: number;
  change: number;
}

const COLUMNS: readonly Column<Change>[] = [
  { title: 'Submission', cell: ({ label, href }) => <a href={href}>{label}</a> },
  { title: 'Before', isNumber: true, cell: ({ old }) => points(old) },
  { title: 'After', isNumber: true, cell: ({ now }) => points(now) },
  {
    title: 'Change',
    isNumber: true,
    cell: ({ change }) => `${change > 0 ? '+' : '−'}${points(Math.abs(change))}`,
  },
];
