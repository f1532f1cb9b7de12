/** The orders of the heat-map: chosen in its form, by its headers, or by what the details offer. */

import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { choiceIn } from './dom.js';
import type { HeatTable } from './heat-table.js';
import { scenarioOrder, studentOrder } from './order.js';

export interface Sorting {
  /** The same order once more is the reverse of it. */
  studentsByScenario(scenario: number): void;
  scenariosByStudent(student: number): void;
  /** As the form says. */
  again(): void;
}

export function sortingOf(data: StaffData, heat: HeatTable, form: HTMLFormElement): Sorting {
  const [rows, columns] = [choiceIn(form, 'rows'), choiceIn(form, 'columns')];
  if (rows === undefined || columns === undefined) throw new Error('no orders to choose from');
  let reversed = false;
  const sortStudents = () => {
    const order = studentOrder(data, rows.value);
    heat.orderStudents(reversed ? order.toReversed() : order);
    markSorted(heat.headers, headerOf(rows.value, data, heat), reversed);
  };
  const sortScenarios = () => heat.orderScenarios(scenarioOrder(data, columns.value));
  const sortStudentsBy = (by: string, title: string) => {
    reversed = rows.value === by && !reversed;
    choose(rows, by, title);
    sortStudents();
  };
  heat.table.tHead?.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    const title = target.textContent;
    sortStudentsBy(target.dataset['sort'] ?? String(data.scenarios.indexOf(title)), title);
  });
  rows.addEventListener('change', () => {
    reversed = false;
    sortStudents();
  });
  columns.addEventListener('change', sortScenarios);
  return {
    studentsByScenario: (index) => sortStudentsBy(String(index), data.scenarios[index] ?? ''),
    scenariosByStudent(index) {
      choose(columns, String(index), data.students[index]?.label ?? '');
      sortScenarios();
    },
    again() {
      reversed = false;
      sortStudents();
      sortScenarios();
    },
  };
}

/** A scenario or a student becomes a choice when it is first sorted by. */
function choose(select: HTMLSelectElement, value: string, title: string): void {
  if (![...select.options].some((option) => option.value === value)) {
    select.append(new Option(title, value));
  }
  select.value = value;
}

/** The header that this order belongs to, if one does. */
function headerOf(
  by: string,
  { scenarios }: StaffData,
  { headers }: HeatTable,
): HTMLTableCellElement | undefined {
  const id = scenarios[Number(by)];
  return headers.find((header) => {
    const sort = header.querySelector('button')?.dataset['sort'];
    return sort === undefined ? header.textContent === id : sort === by;
  });
}

/** Names start with A, and numbers with the highest. */
function markSorted(
  headers: readonly HTMLTableCellElement[],
  sorted: HTMLTableCellElement | undefined,
  reversed: boolean,
): void {
  for (const header of headers) header.removeAttribute('aria-sort');
  const isName = sorted?.querySelector('button')?.dataset['sort'] === 'name';
  sorted?.setAttribute('aria-sort', isName === reversed ? 'descending' : 'ascending');
}
