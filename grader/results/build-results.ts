/**
 * Builds the results: a pure function of the plan and the records, so that all outputs agree and an old grading can be
 * rendered again.
 */

import { findScenario, type RunRecord } from '../../harness/index.js';
import { controlArmOf, controlRuns } from '../tally/control-arm.js';
import { countCoverage, coverageOf } from '../tally/situations-met.js';
import type { HostFacts } from '../campaign/queue/host-facts.js';
import { tallyHosts } from '../tally/host-tally.js';
import { groupFailures } from './failure-groups/group-failures.js';
import type { JournalDamage } from '../campaign/journal/damage.js';
import type { Machine } from '../measured/grading-machine.js';
import { groupBy } from '../ground/group-by.js';
import { isolationOf } from '../plan/isolation-of-plan.js';
import type { Plan, PlannedSubmission, Shard } from '../plan/plan.js';
import { inOrder, plannedCells } from '../plan/run-cells.js';
import type { ShardChoice } from '../plan/shard.js';
import { matchRoster } from '../plan/roster/match-roster.js';
import { findIdentical } from '../plan/find/identical.js';
import { findSuspicions } from './suspicions.js';
import { incidentsInRuns, tallyIncidents } from '../tally/incident-tally.js';
import type { Load } from '../tally/provenance.js';
import { provenanceOf } from '../tally/provenance.js';
import type { RosterEntry, Student } from '../plan/roster/roster.js';
import { gradeSubmission, gradeUngradable } from '../rubric/grade-submission.js';
import { type SubmissionGrade } from '../rubric/grade.js';
import type { Rubric } from '../rubric/rubric.js';
import { tally } from '../tally/tally.js';
import { outOfTime } from '../plan/time-budget.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';
import type { Tally } from '../tally/tally.js';
import { statusFrom, type Ungradable } from '../tally/ungradable.js';
import { RESULTS_FORMAT, type Results, type SubmissionResults } from './results.js';

/** Facts that neither the plan nor the records contain. */
export interface ResultsContext {
  createdAt: string;
  /** Where the runs were done, if the plan does not say it. */
  machine: Machine;
  /** How busy that machine was. */
  load?: Load;
  /** What is known of the hosts of a queue, if there was one. */
  hostFacts?: HostFacts;
  roster?: readonly RosterEntry[] | undefined;
  rubric?: Rubric | undefined;
  /** The unreadable lines of the journal that the records are from. */
  journalDamage?: JournalDamage | undefined;
}

/** The results of a grading so far; runs without a record show as planned and not done. */
export function buildResults(
  plan: Plan,
  records: readonly RunRecord[],
  context: ResultsContext,
): Results {
  const tallies = talliesOf(plan, records);
  const control = controlArmOf(plan, records);
  const { createdAt, load, roster, rubric, journalDamage } = context;
  const hosts = tallyHosts(plan, records, context.hostFacts ?? { known: [], voided: [] });
  const machine = plan.machine ?? context.machine;
  const matched = roster && matchRoster(roster, plan.submissions);
  const submissions = submissionsOf(plan, tallies, context, matched?.students);
  const { groups, bySubmission } = groupFailures(submissions);
  const identical = findIdentical(submissions);
  const controlTallies = tally(records, { planned: controlRuns(plan) });
  const suspicionsOf = findSuspicions(submissions, identical, controlTallies);
  const late = outOfTime(plan, records, undoneRuns(submissions));
  const incidentsOf = tallyIncidents(incidentsInRuns(plan, records));
  const coverage = coverageOf(countCoverage(plan, records));
  return {
    format: RESULTS_FORMAT,
    kit: plan.kit,
    createdAt,
    seed: plan.seed,
    ...(plan.shard === undefined ? {} : { shard: choiceOf(plan.shard) }),
    runsPerScenario: plan.runsPerScenario,
    machine,
    isolation: isolationOf(plan),
    ...(plan.world === undefined ? {} : { world: plan.world }),
    submissions: submissions.map((one) => {
      const suspicions = suspicionsOf.get(one.name);
      const identicalTo = identical.get(one.name);
      const spent = late.get(one.name);
      const incidents = incidentsOf.get(one.name);
      return {
        ...one,
        groups: bySubmission.get(one.name) ?? [],
        ...(identicalTo === undefined ? {} : { identicalTo }),
        ...(spent === undefined ? {} : { outOfTime: spent }),
        ...(suspicions === undefined ? {} : { suspicions }),
        ...(incidents === undefined ? {} : { incidents }),
      };
    }),
    ...(control === undefined ? {} : { control }),
    ...(hosts === undefined ? {} : { hosts }),
    ...(rubric === undefined ? {} : { rubric }),
    groups,
    ...(load === undefined ? {} : { provenance: provenanceOf(plan, { createdAt, machine, load }) }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(matched === undefined ? {} : { missing: matched.missing }),
    ...(journalDamage === undefined ? {} : { journalDamage }),
  };
}

function choiceOf({ index, of }: Shard): ShardChoice {
  return { index, of };
}

/** Planned runs without a record, by the names of submissions. */
function undoneRuns(submissions: readonly SubmissionResults[]): ReadonlyMap<string, number> {
  return new Map(
    submissions.map(({ name, tallies }) => [
      name,
      tallies.reduce((sum, { planned, runs }) => sum + planned - runs, 0),
    ]),
  );
}

/** Submission by submission, because the list of all runs of a class would be long. */
function talliesOf(plan: Plan, records: readonly RunRecord[]): Tally[] {
  const { stopping, replays } = plan;
  const bySubmission = groupBy(records, ({ submission }) => submission.name);
  const cells = groupBy(plannedCells(plan), ({ submission }) => submission.name);
  return plan.submissions.flatMap((one) =>
    tally(bySubmission.get(one.name) ?? [], {
      planned: [...inOrder(cells.get(one.name) ?? [])],
      stopping,
      replays,
    }),
  );
}

/** The results of each submission by itself. */
function submissionsOf(
  plan: Plan,
  tallies: readonly Tally[],
  { rubric }: ResultsContext,
  students: ReadonlyMap<string, readonly Student[]> | undefined,
): SubmissionResults[] {
  const bySubmission = groupBy(tallies, ({ submission }) => submission);
  return plan.submissions.map((planned) => {
    const { name, spec, digest, note, leftOut } = planned;
    const all = (bySubmission.get(name) ?? []).map(asScenarioTally);
    const found = ungradableOf(planned, all);
    // A submission with a status has no rates.
    const own = found === undefined ? all : [];
    const people = students?.get(name);
    return {
      name,
      spec,
      digest,
      ...(note === undefined ? {} : { note }),
      ...(people === undefined ? {} : { students: people }),
      ...(found === undefined ? {} : { ungradable: found.says, status: found.status }),
      ...(leftOut === undefined ? {} : { leftOut }),
      tallies: own,
      ...(rubric === undefined ? {} : { grade: gradeOf(rubric, own, leftOut, found) }),
    };
  });
}

/** The status by the plan, or by the results of all its runs. */
function ungradableOf(
  { ungradable }: PlannedSubmission,
  tallies: readonly ScenarioTally[],
): Ungradable | undefined {
  if (ungradable === undefined) return statusFrom(tallies);
  return { says: ungradable, status: { kind: 'not-understood' } };
}

function gradeOf(
  rubric: Rubric,
  tallies: readonly ScenarioTally[],
  leftOut: readonly string[] | undefined,
  found: Ungradable | undefined,
): SubmissionGrade {
  return found === undefined
    ? gradeSubmission(rubric, tallies, leftOut)
    : gradeUngradable(rubric, found.says);
}

function asScenarioTally({ submission: _submission, scenario, ...counts }: Tally): ScenarioTally {
  const tier = findScenario(scenario)?.tier;
  return { scenario, ...(tier === undefined ? {} : { tier }), ...counts };
}
