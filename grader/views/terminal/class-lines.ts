/** A class for a terminal: one line for each submission, the worst first, and the failures that many of them share. */

import { count } from '../../text/count.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { describeIncidents } from '../../tally/incident-tally.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import { STATUS_WORDS } from '../../tally/ungradable.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { listed, points, sentence, type Paper } from './terminal-layout.js';
import { toReview } from './review.js';

const GROUPS_SHOWN = 10;
const SCENARIOS_SHOWN = 3;

/** On a line beside others. */
const NAME_WIDTH = 28;

interface Line {
  submission: Clean<SubmissionResults>;
  name: string;
  failing: number;
  review: number;
  /** Its most frequent failure, or that it could not be graded. */
  leading: string;
}

/** Sections of lines. */
export function renderClass(results: Clean<Results>, paper: Paper): string[][] {
  const { groups, bySubmission } = groupsOf(results);
  const lines = results.submissions
    .map((one) => lineOf(one, bySubmission.get(one.name) ?? []))
    .toSorted(worstFirst);
  return [
    [
      ...sentence(summary(lines), paper),
      ...renderLines(lines, paper),
      ...renderUngradable(lines, paper),
      ...renderSuspicions(lines, paper),
      ...renderIncidents(lines, paper),
    ],
    groups.length === 0
      ? []
      : [paper.palette.bold('failure groups'), ...renderGroups(groups, paper)],
  ];
}

/** The failure groups of the results; older results have none. */
function groupsOf({ groups, submissions }: Clean<Results>): {
  groups: readonly Clean<FailureGroup>[];
  bySubmission: ReadonlyMap<string, readonly Clean<FailureGroup>[]>;
} {
  const found = groups === undefined ? groupFailures(submissions) : undefined;
  const groupsIn = (one: Clean<SubmissionResults>) =>
    found === undefined ? one.groups : cleaned(found.bySubmission.get(one.name));
  return {
    groups: groups ?? cleaned(found?.groups) ?? [],
    bySubmission: new Map(submissions.map((one) => [one.name, groupsIn(one) ?? []])),
  };
}

function lineOf(
  submission: Clean<SubmissionResults>,
  groups: readonly Clean<FailureGroup>[],
): Line {
  const { name, students, tallies, ungradable, status } = submission;
  const called = shorten(name, LENGTHS.cell);
  const [group] = groups;
  const failure = group === undefined ? '' : shorten(group.title, LENGTHS.sentence);
  return {
    submission,
    name: students === undefined ? called : `${called} (${peopleOf(submission, LENGTHS.cell)})`,
    failing: tallies.filter(({ failed }) => failed > 0).length,
    review: ungradable === undefined ? toReview(submission).length : 1,
    leading: ungradable === undefined ? failure : STATUS_WORDS[status?.kind ?? 'not-understood'],
  };
}

/** Submissions that could not be graded first, then those with the fewest points or the most failing scenarios. */
function worstFirst(a: Line, b: Line): number {
  const isGradable = ({ submission }: Line) => Number(submission.ungradable === undefined);
  const shareOf = ({ submission: { grade } }: Line) =>
    grade === undefined || grade.maxPoints === 0 ? 1 : grade.points / grade.maxPoints;
  return isGradable(a) - isGradable(b) || shareOf(a) - shareOf(b) || b.failing - a.failing;
}

function summary(lines: readonly Line[]): string {
  const ungradable = lines.filter(({ submission }) => submission.ungradable !== undefined).length;
  const sound = lines.filter(
    ({ failing, submission }) => failing === 0 && submission.ungradable === undefined,
  ).length;
  const review = lines.filter((line) => line.review > 0).length;
  const earned = lines.flatMap(({ submission: { grade } }) => grade ?? []);
  const mean = earned.reduce((sum, grade) => sum + grade.points, 0) / earned.length;
  return [
    count(lines.length, 'submission'),
    ...(earned.length === 0
      ? []
      : [`on average ${points(mean)} of ${points(earned[0]?.maxPoints ?? 0)} points`]),
    `${sound} without a failure`,
    ...(review === 0 ? [] : [`${review} to review`]),
    ...(ungradable === 0
      ? []
      : [
          `${ungradable} could not be graded${earned.length === 0 ? '' : ' (0 points, in the average)'}`,
        ]),
  ].join(', ');
}

function renderLines(lines: readonly Line[], paper: Paper): string[] {
  const columns = columnsFor(lines, paper);
  if (!hasRoom(lines, columns, paper.width)) {
    return lines.flatMap(({ name, submission, failing, leading }) =>
      sentence(
        [name, ...pointsOf(submission), failingOf(submission, failing), leading]
          .filter((part) => part !== '')
          .join(', '),
        paper,
      ),
    );
  }
  return renderColumns(lines, columns, paper);
}

function columnsFor(lines: readonly Line[], { palette }: Paper): Column<Line>[] {
  const isGraded = lines.some(({ submission }) => submission.grade !== undefined);
  const isReviewed = lines.some(({ review }) => review > 0);
  return [
    { title: 'submission', text: ({ name }) => name, most: NAME_WIDTH },
    ...(isGraded
      ? [
          {
            title: 'points',
            text: ({ submission }: Line) => pointsOf(submission)[0] ?? '-',
            align: 'right' as const,
          },
        ]
      : []),
    {
      title: 'failing',
      text: ({ submission, failing }) => failingOf(submission, failing),
      align: 'right',
      paint: (cell, { failing }) => (failing > 0 ? palette.red(cell) : cell),
    },
    ...(isReviewed
      ? [
          {
            title: 'review',
            text: ({ review }: Line) => (review > 0 ? String(review) : ''),
            align: 'right' as const,
            paint: palette.yellow,
          },
        ]
      : []),
    {
      title: 'leading failure',
      text: ({ leading }) => leading,
      flexible: true,
      paint: (cell, { submission }) =>
        submission.ungradable === undefined ? cell : palette.red(cell),
    },
  ];
}

function pointsOf({ grade }: Clean<SubmissionResults>): string[] {
  return grade === undefined ? [] : [`${points(grade.points)}/${points(grade.maxPoints)}`];
}

function failingOf({ tallies, ungradable }: SubmissionResults, failing: number): string {
  return ungradable === undefined ? `${failing} of ${tallies.length}` : '-';
}

/** In full, since staff have to do something about it. */
function renderUngradable(lines: readonly Line[], paper: Paper): string[] {
  return lines
    .flatMap(({ name, submission: { ungradable, status } }) => {
      if (ungradable === undefined) return [];
      const printed = status?.printed === undefined ? [] : [status.printed];
      const why = [ungradable, ...printed].map((one) => shorten(one, LENGTHS.sentence)).join(': ');
      return sentence(`cannot be graded: ${name}: ${why}`, paper);
    })
    .map(paper.palette.red);
}

function renderSuspicions(lines: readonly Line[], paper: Paper): string[] {
  return lines
    .flatMap(({ name, submission: { suspicions = [] } }) =>
      suspicions.map((one) => `to look at: ${name}: ${shorten(one, LENGTHS.sentence)}`),
    )
    .flatMap((text) => sentence(text, paper))
    .map(paper.palette.yellow);
}

function renderIncidents(lines: readonly Line[], paper: Paper): string[] {
  return lines
    .flatMap(({ name, submission: { incidents = [] } }) =>
      incidents.length === 0 ? [] : [`incidents: ${name}: ${describeIncidents(incidents)}`],
    )
    .flatMap((text) => sentence(text, paper))
    .map(paper.palette.yellow);
}

function renderGroups(groups: readonly Clean<FailureGroup>[], paper: Paper): string[] {
  return groups.slice(0, GROUPS_SHOWN).flatMap((group) => {
    const { submissions, failures, scenarios, artifacts, exampleRun } = group;
    const title = shorten(group.title, LENGTHS.sentence);
    const example = shorten(artifacts ?? exampleRun, LENGTHS.sentence);
    const where = `${count(failures, 'run')} in ${listed(scenarios, SCENARIOS_SHOWN)}`;
    return [
      ...sentence(`${count(submissions.length, 'submission')}: ${title}`, paper, '  '),
      ...sentence(`${where}; such as ${example}`, paper, '      ').map(paper.palette.dim),
    ];
  });
}
