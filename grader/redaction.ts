/**
 * What a student may see of results: the own submission, and of hidden scenarios the points alone. Everything
 * made for students is made from this, so nothing can leak that is not in it.
 */

import type { Results, SubmissionResults } from './results.js';
import type { PartGrade, ScenarioGrade } from './rubric/grade.js';

/** The results of one submission, without its class and without what is hidden. Its rubric is left out. */
export function redactFor(results: Results, name: string): Results {
  const { rubric: _rubric, groups: _groups, submissions, control, provenance, ...rest } = results;
  const hidden = hiddenScenarios(results);
  const isShown = (id: string) => !hidden.has(id);
  return {
    ...rest,
    submissions: submissions.filter((one) => one.name === name).map((one) => redacted(one, hidden)),
    ...(control === undefined
      ? {}
      : {
          control: {
            ...control,
            failures: control.failures
              .filter(({ scenario }) => isShown(scenario))
              .map(({ artifacts: _artifacts, ...failure }) => failure),
            ...(control.passingExamples === undefined
              ? {}
              : {
                  passingExamples: control.passingExamples.filter(({ scenario }) =>
                    isShown(scenario),
                  ),
                }),
          },
        }),
    ...(provenance === undefined
      ? {}
      : {
          provenance: {
            ...provenance,
            scenarios: Object.fromEntries(
              Object.entries(provenance.scenarios).filter(([id]) => isShown(id)),
            ),
          },
        }),
  };
}

function hiddenScenarios({ rubric }: Results): Set<string> {
  const scenarios = rubric?.parts.flatMap((part) => part.scenarios) ?? [];
  return new Set(scenarios.filter(({ hidden }) => hidden).map(({ scenario }) => scenario));
}

function redacted(one: SubmissionResults, hidden: ReadonlySet<string>): SubmissionResults {
  const { leftOut, grade, groups, suspicions: _suspicions, ...rest } = one;
  const isShown = (id: string) => !hidden.has(id);
  return {
    ...rest,
    tallies: one.tallies.filter(({ scenario }) => isShown(scenario)),
    ...(leftOut === undefined ? {} : { leftOut: leftOut.filter(isShown) }),
    ...(grade === undefined
      ? {}
      : { grade: { ...grade, parts: redactParts(grade.parts, hidden) } }),
    ...(groups === undefined
      ? {}
      : { groups: groups.filter(({ submissions }) => onlyShown(submissions, isShown)) }),
  };
}

/** A group that also has failures of hidden scenarios tells of these; its failures are in the tallies anyway. */
function onlyShown(
  submissions: readonly { scenarios: readonly string[] }[],
  isShown: (id: string) => boolean,
): boolean {
  return submissions.every(({ scenarios }) => scenarios.every(isShown));
}

function redactParts(parts: readonly PartGrade[], hidden: ReadonlySet<string>): PartGrade[] {
  let number = 0;
  const redact = (one: ScenarioGrade): ScenarioGrade => {
    if (!hidden.has(one.scenario)) return withoutHiddenCharge(one, hidden);
    number += 1;
    const { points, maxPoints, status } = one;
    return {
      scenario: `hidden-${number}`,
      points,
      maxPoints,
      status,
      hidden: true,
      rule: 'what this test does is not shown',
    };
  };
  return parts.map((part) => ({ ...part, scenarios: part.scenarios.map(redact) }));
}

/** Where a failure is charged in a hidden scenario, the student learns that it is charged elsewhere. */
function withoutHiddenCharge(one: ScenarioGrade, hidden: ReadonlySet<string>): ScenarioGrade {
  if (one.chargedIn === undefined || !hidden.has(one.chargedIn)) return one;
  return { ...one, chargedIn: 'a hidden test', rule: 'its failures are charged in a hidden test' };
}
