/** Who gains and who loses, in a table; the largest changes first. */

import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { element, make } from './dom.js';
import type { Outcome } from './grade-class.js';

export function showChanges(
  { students }: StaffData,
  before: readonly Outcome[],
  after: readonly Outcome[],
): void {
  const changes = students
    .map(({ label, href }, index) => {
      const [old, now] = [before[index]?.points ?? 0, after[index]?.points ?? 0];
      return { label, href, old, now, change: now - old };
    })
    .filter(({ change }) => change !== 0)
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const lines = changes.map(({ label, href, old, now, change }) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, make('a', { href }, label)),
      number(written(old)),
      number(written(now)),
      number(`${change > 0 ? '+' : '−'}${written(Math.abs(change))}`),
    ),
  );
  element('#what-if-changes').replaceChildren(
    make('thead', {}, header()),
    make('tbody', {}, ...(lines.length === 0 ? [nobody()] : lines)),
  );
}

function header(): HTMLTableRowElement {
  const titles = ['Before', 'After', 'Change'];
  return make(
    'tr',
    {},
    make('th', { scope: 'col' }, 'Submission'),
    ...titles.map((title) => make('th', { scope: 'col', class: 'number' }, title)),
  );
}

function nobody(): HTMLTableRowElement {
  return make('tr', {}, make('td', { colspan: '4' }, 'Nobody’s.'));
}

function number(text: string): HTMLTableCellElement {
  return make('td', { class: 'number' }, text);
}

function written(points: number): string {
  return String(Number(points.toFixed(2)));
}
