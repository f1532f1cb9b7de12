/** The table of the heat-map, by student and scenario instead of by place: it may be in any order. */

import { elementOf } from './dom.js';

export interface Place {
  student: number;
  scenario: number;
}

export interface HeatTable {
  table: HTMLTableElement;
  headers: readonly HTMLTableCellElement[];
  orderStudents(order: readonly number[]): void;
  orderScenarios(order: readonly number[]): void;
  showStudents(isShown: (student: number) => boolean): void;
  showScenarios(isShown: (scenario: number) => boolean): void;
  /** Undefined for what is not a cell of a student and a scenario. */
  placeOf(cell: Element): Place | undefined;
}

/** `scenarios` is the number of columns at the end that are scenarios. */
export function heatTable(scenarios: number): HeatTable {
  const table = elementOf(HTMLTableElement, '#heat-table');
  const [head] = table.tHead?.rows ?? [];
  const [body] = table.tBodies;
  if (head === undefined || body === undefined) throw new Error('the heat-map has no rows');
  const rows = [...body.rows];
  const lead = head.cells.length - scenarios;
  /** The header's cells last. */
  const cells = [...rows, head].map((row) => [...row.cells].slice(lead));
  const students = new Map<Element | null, number>(rows.map((row, index) => [row, index]));
  let columns = Array.from({ length: scenarios }, (_, index) => index);
  const shown = columns.map(() => true);
  return {
    table,
    headers: [...head.cells],
    orderStudents: (order) => body.append(...order.flatMap((index) => rows[index] ?? [])),
    orderScenarios(order) {
      columns = [...order];
      for (const [index, row] of [...rows, head].entries()) {
        row.append(...order.flatMap((column) => cells[index]?.[column] ?? []));
      }
    },
    showStudents(isShown) {
      for (const [index, row] of rows.entries()) row.hidden = !isShown(index);
    },
    showScenarios(isShown) {
      for (const [column, wasShown] of shown.entries()) {
        if (isShown(column) === wasShown) continue;
        shown[column] = !wasShown;
        for (const row of cells) row[column]?.toggleAttribute('hidden', wasShown);
      }
    },
    placeOf(cell) {
      if (!(cell instanceof HTMLTableCellElement)) return undefined;
      const student = students.get(cell.parentElement);
      const scenario = columns[cell.cellIndex - lead];
      return student === undefined || scenario === undefined ? undefined : { student, scenario };
    },
  };
}
