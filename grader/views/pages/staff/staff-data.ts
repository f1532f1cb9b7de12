/**
 * The data of the scripts of the staff page. Twenty thousand cells have few different contents, so each content is
 * stored once, and cells are numbers.
 */

import type { Results } from '../../../results/results.js';
import type { Rubric } from '../../../rubric/rubric.js';
import { LENGTHS } from '../../../text/clean-text.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';
import { STATUS_WORDS } from '../../../tally/ungradable.js';
import type { ClassTable, StudentRow } from './class-model.js';

/** All of a tally that a grade or a sentence may need, and nothing that differs from run to run. */
export type CellTally = Omit<
  ScenarioTally,
  'scenario' | 'races' | 'durationMs' | 'cpuMs' | 'passingExample'
>;

export interface StaffStudent {
  label: string;
  href: string;
  /** Where there is a rubric. */
  points?: number;
  /** Share that is earned in each scenario; null where it is not graded. */
  earned?: readonly (number | null)[];
  leftOut?: readonly string[];
  /** In a few words why it could not be graded; it earns nothing by any rubric. */
  ungradable?: string;
  /** One for each scenario: an index into the tallies, or -1 where it is not run. */
  cells: readonly number[];
}

/** A failure group: indices of its students and scenarios. */
export interface StaffGroup {
  title: string;
  students: readonly number[];
  scenarios: readonly number[];
}

export interface StaffData {
  /** Ids; similar ones are next to each other. The cells of students have the same order. */
  scenarios: readonly string[];
  /** Where each of these stands in the plan. */
  planned: readonly number[];
  /** Names of parts for each of these; empty without a rubric. */
  parts: readonly string[];
  /** Similar ones are next to each other. */
  students: readonly StaffStudent[];
  /** Their indices in the order of their names. */
  byName: readonly number[];
  tallies: readonly CellTally[];
  groups: readonly StaffGroup[];
  rubric?: Rubric;
}

export function staffData({ rubric, groups = [] }: Results, table: ClassTable): StaffData {
  const { rows, scenarios, planned } = table;
  const [tallies, numberOf] = numbered<CellTally>();
  const places = new Map(rows.map(({ submission }, index) => [submission.name, index]));
  const partOf = new Map(
    rubric?.parts.flatMap((part) => part.scenarios.map((one) => [one.scenario, part.name])),
  );
  return {
    scenarios,
    planned: scenarios.map((id) => planned.indexOf(id)),
    parts: rubric === undefined ? [] : scenarios.map((id) => partOf.get(id) ?? ''),
    students: rows.map((row) => studentOf(row, scenarios, numberOf)),
    byName: rows
      .map(({ label }, index) => ({ label, index }))
      .toSorted((a, b) => a.label.localeCompare(b.label))
      .map(({ index }) => index),
    tallies,
    groups: groups.map(({ title, submissions }) => ({
      title: sanitizeLine(title, LENGTHS.name),
      students: submissions.flatMap(({ name }) => places.get(name) ?? []),
      scenarios: indicesOf(
        submissions.flatMap((one) => one.scenarios),
        scenarios,
      ),
    })),
    ...(rubric === undefined ? {} : { rubric }),
  };
}

function studentOf(
  { submission, label, href, tallies, grades }: StudentRow,
  scenarios: readonly string[],
  numberOf: (tally: CellTally) => number,
): StaffStudent {
  const { grade, leftOut, ungradable, status } = submission;
  const cells = scenarios.map((scenario) => {
    const tally = tallies.get(scenario);
    return tally === undefined ? -1 : numberOf(cellTally(tally));
  });
  const earnedIn = (scenario: string) => grades.get(scenario)?.points ?? null;
  return {
    label,
    href,
    cells,
    ...(grade === undefined ? {} : { points: grade.points, earned: scenarios.map(earnedIn) }),
    ...(leftOut === undefined ? {} : { leftOut }),
    ...(ungradable === undefined
      ? {}
      : { ungradable: STATUS_WORDS[status?.kind ?? 'not-understood'] }),
  };
}

function cellTally(tally: ScenarioTally): CellTally {
  const { scenario: _scenario, races: _races, durationMs: _duration, cpuMs: _cpu, ...rest } = tally;
  const { passingExample: _passing, ...cell } = rest;
  const signatures = tally.signatures.map((one) => ({
    signature: sanitizeLine(one.signature, LENGTHS.sentence),
    class: one.class,
    count: one.count,
    exampleRun: '',
    seed: '',
    reason: '',
  }));
  return { ...cell, signatures };
}

/** A list of different values, and what tells a value's place in it. */
function numbered<T>(): [T[], (value: T) => number] {
  const values: T[] = [];
  const places = new Map<string, number>();
  const numberOf = (value: T): number => {
    const text = JSON.stringify(value);
    const place = places.get(text) ?? values.push(value) - 1;
    places.set(text, place);
    return place;
  };
  return [values, numberOf];
}

function indicesOf(ids: readonly string[], all: readonly string[]): number[] {
  return [...new Set(ids)].map((id) => all.indexOf(id)).filter((index) => index >= 0);
}
