/**
 * The part of results that a student may see: the own submission, and only the points of hidden scenarios. Everything
 * for students is made from this, so nothing else can leak. Fields that are not named here are left out.
 */

import type { Isolation } from '../../harness/index.js';
import type { ControlArm } from '../tally/control-arm.js';
import { groupFailures } from './failure-groups/group-failures.js';
import type { FailureGroup } from './failure-groups/group.js';
import { oncePer } from '../ground/once-per.js';
import type { Provenance } from '../tally/provenance.js';
import type { Results, SubmissionResults } from './results.js';
import type { Student } from '../plan/roster/roster.js';
import type { Status } from '../tally/ungradable.js';
import type { PartGrade, ScenarioGrade } from '../rubric/grade.js';

const NOT_SHOWN = 'hidden test: only its points are shown';
const CHARGED_ELSEWHERE = 'its failures are charged in a hidden test';

/** Whether this stands for a hidden scenario in redacted results; no scenario has such an id. */
export function isCoveredUp(id: string): boolean {
  return /^hidden-\d+$/.test(id);
}

/** The results of one submission, without its class, its rubric and what is hidden. Doing it again changes nothing. */
export function redactFor(results: Results, name: string): Results {
  const { format, kit, createdAt, seed, runsPerScenario, machine, control, provenance } = results;
  const { isolation } = results;
  const hidden = hiddenScenarios(results);
  return {
    format,
    kit,
    createdAt,
    seed,
    runsPerScenario,
    machine,
    ...(isolation === undefined ? {} : { isolation: redactIsolation(isolation) }),
    submissions: results.submissions
      .filter((one) => one.name === name)
      .map((one) => redactSubmission(one, hidden)),
    ...(control === undefined ? {} : { control: redactControl(control, hidden) }),
    ...(provenance === undefined ? {} : { provenance: redactProvenance(provenance, hidden) }),
  };
}

/** Why it is not full is a matter of the machine. */
function redactIsolation({ because: _because, ...rest }: Isolation): Isolation {
  return rest;
}

/** By the rubric, and by what was graded: a rubric that has been changed since must uncover nothing. */
const hiddenScenarios = oncePer(({ rubric, submissions }: Results): ReadonlySet<string> => {
  const asked = rubric?.parts.flatMap((part) => part.scenarios) ?? [];
  const graded = submissions
    .flatMap(({ grade }) => grade?.parts ?? [])
    .flatMap((part) => part.scenarios);
  return new Set([...asked, ...graded].filter((one) => one.hidden).map((one) => one.scenario));
});

function redactSubmission(
  submission: SubmissionResults,
  hidden: ReadonlySet<string>,
): SubmissionResults {
  const { name, spec, digest, note, students, ungradable, status } = submission;
  const { leftOut, tallies, grade, groups } = submission;
  const isShown = (id: string) => !hidden.has(id);
  const redacted = {
    name,
    spec,
    digest,
    ...(note === undefined ? {} : { note }),
    ...(students === undefined ? {} : { students: students.map(redactStudent) }),
    ...(ungradable === undefined ? {} : { ungradable }),
    ...(status === undefined ? {} : { status: redactStatus(status) }),
    ...(leftOut === undefined ? {} : { leftOut: leftOut.filter(isShown) }),
    tallies: tallies.filter(({ scenario }) => isShown(scenario)),
    ...(grade === undefined
      ? {}
      : { grade: { ...pointsOf(grade), parts: redactParts(grade.parts, hidden) } }),
  };
  if (groups === undefined) return redacted;
  const isSafe = groups.every((group) => isOwnAndShown(group, name, isShown));
  return { ...redacted, groups: isSafe ? groups : groupsOf(redacted) };
}

/** The folder of a build is named by the submission alone, and that of a run by its scenario, too. */
function redactStatus({ kind, printed, artifacts }: Status): Status {
  return {
    kind,
    ...(printed === undefined ? {} : { printed }),
    ...(artifacts === undefined || kind !== 'not-built' ? {} : { artifacts }),
  };
}

/** Further columns of a roster may hold facts that only staff may see. */
function redactStudent({ name, id, email }: Student): Student {
  return { name, id, ...(email === undefined ? {} : { email }) };
}

/** The results without the runs of hidden scenarios. */
function groupsOf(redacted: SubmissionResults): FailureGroup[] {
  return groupFailures([redacted]).groups;
}

/** A group may reveal its hidden scenarios, and a group of several submissions reveals other students. */
function isOwnAndShown(
  { submissions }: FailureGroup,
  name: string,
  isShown: (id: string) => boolean,
): boolean {
  return submissions.every((one) => one.name === name && one.scenarios.every(isShown));
}

function pointsOf({ points, maxPoints }: { points: number; maxPoints: number }) {
  return { points, maxPoints };
}

/** In each part the shown scenarios come first: the place of a hidden one in the rubric could tell which it is. */
function redactParts(parts: readonly PartGrade[], hidden: ReadonlySet<string>): PartGrade[] {
  let number = 0;
  return parts.map(({ name, scenarios, ...points }) => {
    const isHidden = ({ scenario }: ScenarioGrade) => hidden.has(scenario);
    const shown = scenarios.filter((one) => !isHidden(one));
    // In results of an older kit one that was left out is worth nothing, and would tell which operations it needs.
    const covered = byPoints(scenarios.filter(isHidden))
      .filter(isWorthAnything)
      .map((one) => {
        number += 1;
        return coverUp(one, number);
      });
    return {
      name,
      ...pointsOf(points),
      scenarios: [...shown.map((one) => withoutHints(one, hidden)), ...covered],
    };
  });
}

function isWorthAnything({ maxPoints }: ScenarioGrade): boolean {
  return maxPoints > 0;
}

/** Orders scenarios only by facts that a student sees. */
function byPoints(scenarios: readonly ScenarioGrade[]): ScenarioGrade[] {
  return scenarios.toSorted((a, b) => b.maxPoints - a.maxPoints || b.points - a.points);
}

function coverUp({ points, maxPoints, status }: ScenarioGrade, number: number): ScenarioGrade {
  return {
    scenario: `hidden-${number}`,
    points,
    maxPoints,
    status,
    hidden: true,
    rule: NOT_SHOWN,
  };
}

/** Where a failure is charged in a hidden scenario, the student learns that it is charged elsewhere. */
function withoutHints(one: ScenarioGrade, hidden: ReadonlySet<string>): ScenarioGrade {
  const isCharged = one.chargedIn !== undefined && hidden.has(one.chargedIn);
  const isNamed = words(one.rule).some((word) => hidden.has(word));
  if (!isCharged && !isNamed) return one;
  const charged = isCharged ? { chargedIn: 'a hidden test' } : {};
  return { ...one, ...charged, rule: CHARGED_ELSEWHERE };
}

/** The words of a text that could be ids of scenarios. */
function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}_-]+/u);
}

/** The counts stay: they show how far the machine can be trusted, and do not name scenarios. */
function redactControl(control: ControlArm, hidden: ReadonlySet<string>): ControlArm {
  const { oneIn, planned, runs, passed, failed, unknown, failureRate, failures, safe } = control;
  const { passingExamples } = control;
  const isShown = ({ scenario }: { scenario: string }) => !hidden.has(scenario);
  return {
    oneIn,
    planned,
    runs,
    passed,
    failed,
    unknown,
    failureRate,
    failures: failures.filter(isShown).map(({ artifacts: _artifacts, ...failure }) => failure),
    ...(passingExamples === undefined ? {} : { passingExamples: passingExamples.filter(isShown) }),
    safe,
  };
}

function redactProvenance(provenance: Provenance, hidden: ReadonlySet<string>): Provenance {
  const { kit, plannedAt, createdAt, seed, scenarios, machine, load, regrades } = provenance;
  const shown = Object.entries(scenarios).filter(([id]) => !hidden.has(id));
  return {
    kit,
    plannedAt,
    createdAt,
    seed,
    scenarios: Object.fromEntries(shown),
    machine,
    load,
    ...(regrades === undefined ? {} : { regrades }),
  };
}
