/** What is behind a cell of the heat-map, in words. */

import { describeTally } from '#grader/tally/describe-tally.js';
import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { anchorOf } from '#grader/views/pages/student/anchor.js';
import { make } from './dom.js';
import type { Place } from './heat-table.js';
import { tallyAt } from './order.js';

export interface DetailActions {
  /** By the scenario of the cell. */
  sortStudents(): void;
  /** By the student of the cell. */
  sortScenarios(): void;
}

export function showDetails(
  panel: HTMLElement,
  data: StaffData,
  { student, scenario }: Place,
  { sortStudents, sortScenarios }: DetailActions,
): void {
  const [one, id = ''] = [data.students[student], data.scenarios[scenario]];
  if (one === undefined) return;
  const link = make('a', { href: `${one.href}#${anchorOf(id)}` });
  link.textContent = 'on the student’s page';
  panel.replaceChildren(
    make('strong', {}, one.label, ', ', id),
    ': ',
    make('span', {}, `${sentences(data, { student, scenario })} `, link),
    make('br', {}),
    button('Sort students by this scenario', sortStudents),
    button('Sort scenarios by this student', sortScenarios),
  );
}

function sentences(data: StaffData, { student, scenario }: Place): string {
  const tally = tallyAt(data, student, scenario);
  if (tally === undefined) return 'not run.';
  const [leading] = tally.signatures;
  const earned = data.students[student]?.earned?.[scenario] ?? null;
  const failure =
    leading === undefined ? '' : ` Most often: ${leading.signature} (${leading.count} ×).`;
  return (
    `${describeTally({ ...tally, scenario: data.scenarios[scenario] ?? '' })}.${failure}` +
    (earned === null ? '' : ` Points: ${earned}.`)
  );
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button' }, text);
  made.addEventListener('click', onClick);
  return made;
}
