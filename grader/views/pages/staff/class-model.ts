/**
 * A class as a table of students and scenarios, in the first order of the heat-map: similar ones beside each other.
 * The parts of the page share it.
 */

import type { Results, SubmissionResults } from '../../../results/results.js';
import { peopleOf } from '../../../plan/roster/roster.js';
import { readRunKey } from '../../../plan/run-key.js';
import type { ScenarioGrade } from '../../../rubric/grade.js';
import { LENGTHS } from '../../../text/clean-text.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import type { ScenarioTally } from '../../../tally/scenario-tally.js';
import { anchorOf } from '../student/anchor.js';
import { clusterOrder, type Profile } from './cluster-order.js';

export interface StudentRow {
  submission: SubmissionResults;
  /** Its name for people; harmless on one line. */
  label: string;
  /** Link to the student's page, relative to this one. */
  href: string;
  /** By scenario. */
  tallies: ReadonlyMap<string, ScenarioTally>;
  grades: ReadonlyMap<string, ScenarioGrade>;
}

export interface ClassTable {
  /** Similar ones beside each other; submissions that could not be graded last. */
  rows: readonly StudentRow[];
  /** Ids of all scenarios that any submission runs; similar ones beside each other. */
  scenarios: readonly string[];
  /** The same ids in the order of the plan. */
  planned: readonly string[];
}

export function classTable({ submissions }: Results): ClassTable {
  const unordered = submissions.filter(isGradable).map(rowOf);
  const others = submissions.filter((one) => !isGradable(one)).map(rowOf);
  const planned = [...new Set(unordered.flatMap(({ tallies }) => [...tallies.keys()]))];
  const rateOf = (row: StudentRow, scenario: string) =>
    row.tallies.get(scenario)?.failureRate.estimate ?? null;
  const ordered = <T>(items: readonly T[], profileOf: (item: T) => Profile): T[] =>
    clusterOrder(items.map(profileOf)).flatMap((index) => items[index] ?? []);
  return {
    rows: [
      ...ordered(unordered, (row) => planned.map((scenario) => rateOf(row, scenario))),
      ...others,
    ],
    scenarios: ordered(planned, (scenario) => unordered.map((row) => rateOf(row, scenario))),
    planned,
  };
}

/** Whether there are rates of it. */
export function isGradable({ tallies }: SubmissionResults): boolean {
  return tallies.length > 0;
}

function rowOf(submission: SubmissionResults): StudentRow {
  const { tallies, grade } = submission;
  const grades = grade?.parts.flatMap(({ scenarios }) => scenarios) ?? [];
  return {
    submission,
    label: labelOf(submission),
    href: hrefOf(submission.name),
    tallies: new Map(tallies.map((one) => [one.scenario, one])),
    grades: new Map(grades.map((one) => [one.scenario, one])),
  };
}

/** A submission by its students where they are known. */
export function labelOf(submission: Pick<SubmissionResults, 'name' | 'students'>): string {
  const clean = sanitizeLine(submission.name, LENGTHS.name);
  const { students } = submission;
  return students === undefined ? clean : `${peopleOf(submission, LENGTHS.name)} (${clean})`;
}

/** Link to the page of the submission with this name, or to a scenario on it. */
export function hrefOf(name: string, scenario?: string): string {
  const page = `students/${encodeURIComponent(name)}.html`;
  return scenario === undefined ? page : `${page}#${anchorOf(scenario)}`;
}

/** Link to a run by its key, on the page of its student. */
export function hrefOfRun(key: string): string {
  const run = readRunKey(key);
  return hrefOf(run?.submission ?? key, run?.scenario);
}
