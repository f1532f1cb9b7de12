/** Which runs a caller wants to be repeated: by student, by scenario, by the signature of their failures. */

import { UsageError, type RunRecord } from '../../harness/index.js';
import { choose, chooseScenarios } from '../plan/choice.js';
import { foldRecords } from '../campaign/fold.js';
import { matches } from '../text/glob.js';
import { groupBy } from '../ground/group-by.js';
import type { Plan } from '../plan/plan.js';
import { placesIn, plannedCells } from '../plan/run-cells.js';
import type { RosterEntry } from '../plan/roster/roster.js';
import { matchRoster } from '../plan/roster/match-roster.js';

/** As on the command line; in all of them * and ? match. */
export interface ChosenRuns {
  /** Submissions, or names, ids or addresses of the roster. */
  student: readonly string[];
  /** Scenarios, or tests of the lab. */
  scenario: readonly string[];
  signature: readonly string[];
}

export interface Choice {
  /** Whether a submission is among the students, or no student was named. */
  concerns: (submission: string) => boolean;
  /** Why a scenario on a submission is repeated, as a phrase; undefined if it was not chosen. */
  chosen: (submission: string, scenario: string) => string | undefined;
}

/**
 * All runs of a scenario on a submission are chosen together. If only failed runs were repeated, each
 * would have a second chance that those that passed do not have, and a flaky submission would become a sound one.
 */
export function chooseRuns(
  globs: ChosenRuns,
  plan: Plan,
  records: Iterable<RunRecord>,
  roster: readonly RosterEntry[] = [],
): Choice {
  const students = new Set(chooseStudents(globs.student, plan, roster));
  const scenarios = new Set(chooseScenarios(globs.scenario));
  const failing = cellsWith(globs.signature, plan, records);
  const given = Object.entries(globs).flatMap(([name, list]) =>
    list.length === 0 ? [] : [`--${name}`],
  );
  const reason = `chosen by ${given.join(' and ')}`;
  return {
    concerns: (submission) => students.has(submission),
    chosen(submission, scenario) {
      const isChosen =
        given.length > 0 &&
        students.has(submission) &&
        scenarios.has(scenario) &&
        (failing?.has(`${submission}/${scenario}`) ?? true);
      return isChosen ? reason : undefined;
    },
  };
}

function chooseStudents(
  globs: readonly string[],
  plan: Plan,
  roster: readonly RosterEntry[],
): string[] {
  const { students } = matchRoster(roster, plan.submissions);
  const aliases = plan.submissions.flatMap(({ name }) => {
    const others = (students.get(name) ?? []).flatMap((one) => [one.id, one.name, one.email ?? '']);
    return [name, ...others].map((alias) => ({ alias, name }));
  });
  const names = aliases.map(({ alias }) => alias).filter((alias) => alias !== '');
  const chosen = new Set(choose('student', names, globs));
  return aliases.filter(({ alias }) => chosen.has(alias)).map(({ name }) => name);
}

/** `submission/scenario` of those that have failed so; undefined if no signature is asked for. */
function cellsWith(
  globs: readonly string[],
  plan: Plan,
  records: Iterable<RunRecord>,
): ReadonlySet<string> | undefined {
  if (globs.length === 0) return undefined;
  const placeOf = placesIn(plannedCells(plan));
  const failures = groupBy(
    foldRecords(records).filter((one) => one.verdict === 'fail' && placeOf(one) !== undefined),
    ({ signature = '' }) => signature,
  );
  for (const glob of globs) assertMeans(glob, [...failures.keys()]);
  const hit = [...failures].filter(([signature]) => globs.some((glob) => matches(signature, glob)));
  return new Set(
    hit.flatMap(([, list]) =>
      list.map(({ submission, scenario }) => `${submission.name}/${scenario}`),
    ),
  );
}

function assertMeans(glob: string, signatures: readonly string[]): void {
  if (signatures.some((one) => matches(one, glob))) return;
  if (signatures.length === 0)
    throw new UsageError('no run has failed, so there are no signatures', { got: `"${glob}"` });
  throw new UsageError('no such signature', {
    got: `"${glob}"`,
    expected: `one of these, or a pattern with *: ${signatures.join(', ')}`,
  });
}
