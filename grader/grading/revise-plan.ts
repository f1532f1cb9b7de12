/**
 * Makes the plan of a regrade from the plan of a grading. Repeated runs get another revision, which is part of their
 * keys: records of the old runs no longer count, and a regrade that was killed is resumed like any other grading.
 * Pure.
 */

import { groupBy } from '../ground/group-by.js';
import {
  runsScenario,
  type Plan,
  type PlanChange,
  type PlannedScenario,
  type PlannedSubmission,
} from '../plan/plan.js';
import type { Stopping } from '../statistics/sequential/stopping.js';

/** A submission in its present state. */
type FoundSubmission = Pick<PlannedSubmission, 'digest' | 'note' | 'leftOut' | 'ungradable'> &
  Partial<Pick<PlannedSubmission, 'spec'>>;

/** The present submissions, and the requested changes. */
export interface Regrade {
  /** By the names of the plan; missing submissions are absent, and their results stay. */
  found: ReadonlyMap<string, FoundSubmission>;
  /** Submissions that were handed in later, under names that the plan does not have. */
  added?: readonly PlannedSubmission[];
  /** Whether a submission is graded again; for the others, only runs that the plan lacks are done. */
  concerns: (submission: string) => boolean;
  /** Why runs are repeated though neither submission nor scenario has changed, as a phrase; else undefined. */
  chosen: (submission: string, scenario: string) => string | undefined;
  /** The scenarios to run, as the kit has them now: those of the plan, and perhaps more. */
  scenarios: readonly PlannedScenario[];
  /** Runs of each scenario; if they are fewer than the plan has, those stay. */
  runsPerScenario: number;
  /** When enough runs have been done, if that changes. */
  stopping?: Stopping | undefined;
  /** Why points may change though no run does, as a phrase: the rubric is another. */
  forAll?: string | undefined;
  /** ISO 8601, UTC. */
  at: string;
  kit: string;
  /** The present digest of the control arm. */
  controlDigest?: string | undefined;
}

/** A scenario that a submission runs for the first time or again, and why. */
interface Cause {
  scenario: string;
  reason: string;
  isAnew: boolean;
}

/** The revised plan; the very same one if nothing of it changes. */
export function revisePlan(plan: Plan, regrade: Regrade): Plan {
  const { added = [] } = regrade;
  const revised = plan.submissions.map((one) => reviseSubmission(one, plan, regrade));
  const changes = [
    ...revised.flatMap((one) => one.changes),
    ...added.map((one) => changeOfAdded(one, regrade)),
  ];
  const runsPerScenario = Math.max(plan.runsPerScenario, regrade.runsPerScenario);
  if (changes.length === 0 && runsPerScenario === plan.runsPerScenario) return plan;
  const { at, kit } = regrade;
  const submissions = revised.map(({ submission }) => submission);
  return {
    ...plan,
    runsPerScenario,
    ...(regrade.stopping === undefined ? {} : { stopping: regrade.stopping }),
    submissions: [...submissions, ...added],
    scenarios: [...regrade.scenarios],
    ...controlBeside(plan, submissions, regrade),
    revisions: [...(plan.revisions ?? []), { at, kit, changes }],
  };
}

function changeOfAdded(one: PlannedSubmission, { scenarios }: Regrade): PlanChange {
  const run = scenarios.filter(({ id }) => runsScenario(one, id)).map(({ id }) => id);
  return { submission: one.name, reason: 'it was handed in later', scenarios: run };
}

/**
 * The control arm repeats what all submissions repeat, because it shows the machine in the hours of their runs. If
 * only a few submissions repeat a scenario, its control runs stay those of the others.
 */
function controlBeside(
  { control, ...before }: Plan,
  submissions: readonly PlannedSubmission[],
  { scenarios, controlDigest }: Regrade,
): Pick<Plan, 'control'> {
  if (control === undefined) return {};
  const earlier = new Map(before.submissions.map((one) => [one.name, one]));
  const isAnew = (one: PlannedSubmission, id: string) =>
    one.revisions?.[id] !== earlier.get(one.name)?.revisions?.[id];
  const causes = scenarios
    .map(({ id }) => ({ id, running: submissions.filter((one) => runsScenario(one, id)) }))
    .filter(({ id, running }) => running.length > 0 && running.every((one) => isAnew(one, id)))
    .map(({ id }) => ({ scenario: id, reason: 'all submissions run it again', isAnew: true }));
  const digest = controlDigest ?? control.submission.digest;
  return {
    control: { ...control, submission: withRevisions({ ...control.submission, digest }, causes) },
  };
}

function reviseSubmission(
  one: PlannedSubmission,
  plan: Plan,
  regrade: Regrade,
): { submission: PlannedSubmission; changes: PlanChange[] } {
  const { found, concerns, forAll } = regrade;
  const { name } = one;
  const always = forAll === undefined ? [] : [{ submission: name, reason: forAll, scenarios: [] }];
  const now = found.get(name);
  if (now === undefined) return { submission: one, changes: always };
  if (now.ungradable !== undefined && concerns(name)) {
    const { leftOut: _leftOut, note: _note, ...rest } = one;
    const reason = 'it can no longer be graded';
    const isNews = one.ungradable === undefined;
    return {
      submission: { ...rest, ...now },
      changes: [...(isNews ? [{ submission: name, reason, scenarios: [] }] : []), ...always],
    };
  }
  const submission = concerns(name) ? withContent(one, now) : withNews(one, now, plan);
  const causes = causesFor(one, submission, plan, regrade);
  const changes = [...groupBy(causes, ({ reason }) => reason)].map(([reason, list]) => ({
    submission: name,
    reason,
    scenarios: list.map(({ scenario }) => scenario),
  }));
  return { submission: withRevisions(submission, causes), changes: [...changes, ...always] };
}

/** The submission with its present content. */
function withContent(one: PlannedSubmission, now: FoundSubmission) {
  const { ungradable: _ungradable, leftOut: _leftOut, note: _note, ...rest } = one;
  const { digest, note, leftOut, spec = one.spec } = now;
  return {
    ...rest,
    spec,
    digest,
    ...(note === undefined ? {} : { note }),
    ...(leftOut === undefined ? {} : { leftOut }),
  };
}

/** The earlier submission; of the new scenarios, those that it does not run are left out. */
function withNews(one: PlannedSubmission, now: FoundSubmission, { scenarios }: Plan) {
  const news = now.leftOut?.filter((id) => scenarios.every((known) => known.id !== id)) ?? [];
  return news.length === 0 ? one : { ...one, leftOut: [...(one.leftOut ?? []), ...news] };
}

/** The new, changed and chosen scenarios of a submission, each with the reason to run it. */
function causesFor(
  before: PlannedSubmission,
  now: PlannedSubmission,
  plan: Plan,
  { scenarios, chosen, concerns }: Regrade,
): Cause[] {
  const earlier = new Map(plan.scenarios.map(({ id, version }) => [id, version]));
  const content = contentReason(before, now);
  return scenarios
    .filter(({ id }) => runsScenario(now, id))
    .flatMap(({ id: scenario, version }) => {
      const because = (reason: string | undefined, isAnew = true): Cause[] =>
        reason === undefined ? [] : [{ scenario, reason, isAnew }];
      if (content !== undefined) return because(content);
      if (!earlier.has(scenario)) return because('the scenario is new in this grading', false);
      if (isOther(earlier.get(scenario), version)) return because('the scenario has changed');
      return because(concerns(before.name) ? chosen(before.name, scenario) : undefined);
    });
}

function contentReason(before: PlannedSubmission, now: PlannedSubmission): string | undefined {
  if (before.digest === now.digest) return undefined;
  return before.ungradable === undefined ? 'its content has changed' : 'it can be graded now';
}

/** A plan without versions was made when each scenario had its first one. */
function isOther(before = '1', now = '1'): boolean {
  return before !== now;
}

function withRevisions(one: PlannedSubmission, causes: readonly Cause[]): PlannedSubmission {
  const repeated = causes.filter(({ isAnew }) => isAnew).map(({ scenario }) => scenario);
  if (repeated.length === 0) return one;
  const { revisions = {} } = one;
  const next = repeated.map((scenario) => [scenario, (revisions[scenario] ?? 0) + 1] as const);
  return { ...one, revisions: { ...revisions, ...Object.fromEntries(next) } };
}
