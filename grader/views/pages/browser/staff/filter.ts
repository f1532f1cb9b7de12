/** Which students and scenarios the heat-map shows, as its form says. */

import type { StaffData } from '#grader/views/pages/staff/staff-data.js';
import { elementOf } from './dom.js';
import type { HeatTable } from './heat-table.js';

export function showWhatMatches(data: StaffData, heat: HeatTable, form: HTMLFormElement): void {
  const { students, scenarios, parts, groups, rubric } = data;
  const fields = new FormData(form);
  const part = rubric?.parts[numberIn(fields, 'part')]?.name;
  const group = groups[numberIn(fields, 'group')];
  const isStudent = (index: number) =>
    matches(students[index]?.label, textIn(fields, 'student')) &&
    (group === undefined || group.students.includes(index));
  const isScenario = (index: number) =>
    matches(scenarios[index], textIn(fields, 'scenario')) &&
    (part === undefined || parts[index] === part) &&
    (group === undefined || group.scenarios.includes(index));
  heat.showStudents(isStudent);
  heat.showScenarios(isScenario);
  const [rows, columns] = [
    [...students.keys()].filter(isStudent).length,
    [...scenarios.keys()].filter(isScenario).length,
  ];
  elementOf(HTMLOutputElement, '#heat-count').textContent =
    `${rows} of ${students.length} students, ${columns} of ${scenarios.length} scenarios`;
}

function textIn(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** NaN where nothing is chosen. */
function numberIn(fields: FormData, name: string): number {
  const value = textIn(fields, name);
  return value === '' ? NaN : Number(value);
}

function matches(text: string | undefined, part: string): boolean {
  return text?.toLowerCase().includes(part.toLowerCase()) ?? false;
}
