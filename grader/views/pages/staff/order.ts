/** The orders in which students and scenarios can stand, as lists of their indices. */

import type { CellTally, StaffData } from './staff-data.js';

export function tallyAt(data: StaffData, student: number, scenario: number): CellTally | undefined {
  return data.tallies[data.students[student]?.cells[scenario] ?? -1];
}

/** `by` is `likeness`, `name`, `points`, `failures`, or the index of a scenario. */
export function studentOrder(data: StaffData, by: string): number[] {
  const { students, scenarios } = data;
  const all = [...students.keys()];
  switch (by) {
    case 'likeness':
      return all;
    case 'name':
      return [...data.byName];
    case 'points':
      return descending(all, (index) => students[index]?.points ?? null);
    case 'failures':
      return descending(all, (index) => meanRate(data, [index], [...scenarios.keys()]));
    default:
      return descending(all, (index) => rateAt(data, index, Number(by)));
  }
}

/** `by` is `likeness`, `plan`, `name`, `failures`, or the index of a student. */
export function scenarioOrder(data: StaffData, by: string): number[] {
  const { students, scenarios, planned } = data;
  const all = [...scenarios.keys()];
  const id = (index: number) => scenarios[index] ?? '';
  switch (by) {
    case 'likeness':
      return all;
    case 'plan':
      return all.toSorted((a, b) => (planned[a] ?? 0) - (planned[b] ?? 0));
    case 'name':
      return all.toSorted((a, b) => id(a).localeCompare(id(b)));
    case 'failures':
      return descending(all, (index) => meanRate(data, [...students.keys()], [index]));
    default:
      return descending(all, (index) => rateAt(data, Number(by), index));
  }
}

/** The highest first, those without a value last; equal ones keep their order. */
function descending(all: readonly number[], valueOf: (index: number) => number | null): number[] {
  const values = new Map(all.map((index) => [index, valueOf(index) ?? -1]));
  return all.toSorted((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0));
}

function rateAt(data: StaffData, student: number, scenario: number): number | null {
  return tallyAt(data, student, scenario)?.failureRate.estimate ?? null;
}

function meanRate(
  data: StaffData,
  students: readonly number[],
  scenarios: readonly number[],
): number | null {
  const rates = students.flatMap((student) =>
    scenarios.flatMap((scenario) => rateAt(data, student, scenario) ?? []),
  );
  return rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
