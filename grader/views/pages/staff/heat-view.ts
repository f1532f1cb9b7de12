/** The part of the heat-map that is shown, and its order; a pure function of its form. */

import { scenarioOrder, studentOrder } from './order.js';
import type { StaffData } from './staff-data.js';

/** The values in the form of the heat-map. Empty texts match everything. */
export interface HeatView {
  /** Orders as in `order.ts`. */
  rows: string;
  columns: string;
  isReversed: boolean;
  /** Part of a name, and part of an id. */
  student: string;
  scenario: string;
  /** Indices of a part of the rubric and of a failure group. */
  part: string;
  group: string;
}

export const FIRST_VIEW: HeatView = {
  rows: 'name',
  columns: 'plan',
  isReversed: false,
  student: '',
  scenario: '',
  part: '',
  group: '',
};

/** Indices of a student and a scenario. */
export interface Place {
  student: number;
  scenario: number;
}

/** Indices of the students and scenarios that match, in their order. */
export interface Shown {
  students: readonly number[];
  scenarios: readonly number[];
}

export function shownStudents(data: StaffData, view: HeatView): number[] {
  const { rows, isReversed, student } = view;
  const group = groupOf(data, view);
  const order = studentOrder(data, rows).filter(
    (index) =>
      matches(data.students[index]?.label, student) &&
      (group === undefined || group.students.includes(index)),
  );
  return isReversed ? order.toReversed() : order;
}

export function shownScenarios(data: StaffData, view: HeatView): number[] {
  const { columns, scenario } = view;
  const part = view.part === '' ? undefined : data.rubric?.parts[Number(view.part)]?.name;
  const group = groupOf(data, view);
  return scenarioOrder(data, columns).filter(
    (index) =>
      matches(data.scenarios[index], scenario) &&
      (part === undefined || data.parts[index] === part) &&
      (group === undefined || group.scenarios.includes(index)),
  );
}

function groupOf({ groups }: StaffData, { group }: HeatView) {
  return group === '' ? undefined : groups[Number(group)];
}

function matches(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part.trim().toLowerCase()) ?? false;
}
