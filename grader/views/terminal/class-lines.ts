/** A class for a terminal: one line for each submission, the worst first, and what fails alike in many of them. */

import { count } from '../../text/count.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { FailureGroup } from '../../results/failure-groups/group.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { STATUS_WORDS } from '../../tally/ungradable.js';
import { hasRoom, renderColumns, type Column } from './columns.js';
import { listed, NAME_LENGTH, points, sentence, type Paper } from './terminal-layout.js';
import { toReview } from './review.js';

const GROUPS_SHOWN = 10;
const SCENARIOS_SHOWN = 3;
const TEXT_LENGTH = 200;
const REASON_LENGTH = 300;

/** On a line beside others. */
const NAME_WIDTH = 28;

interface Line {
  submission: SubmissionResults;
  name: string;
  failing: number;
  review: number;
  /** Its most frequent failure, or that it could not be graded. */
  leading: string;
}

/** Sections of lines. */
export function renderClass(results: Results, paper: Paper): string[][] {
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
    ],
    groups.length === 0
      ? []
      : [paper.palette.bold('what fails alike'), ...renderGroups(groups, paper)],
  ];
}

/** Those that the results hold; results from before groups were kept hold none. */
function groupsOf(results: Results): {
  groups: readonly FailureGroup[];
  bySubmission: ReadonlyMap<string, readonly FailureGroup[]>;
} {
  const { groups, submissions } = results;
  if (groups === undefined) return groupFailures(submissions);
  return {
    groups,
    bySubmission: new Map(submissions.map((one) => [one.name, one.groups ?? []])),
  };
}

function lineOf(submission: SubmissionResults, groups: readonly FailureGroup[]): Line {
  const { name, students, tallies, ungradable, status } = submission;
  const clean = sanitizeLine(name, NAME_LENGTH);
  const leading =
    ungradable === undefined ? groups[0]?.title : STATUS_WORDS[status?.kind ?? 'not-understood'];
  return {
    submission,
    name: students === undefined ? clean : `${clean} (${peopleOf(submission, NAME_LENGTH)})`,
    failing: tallies.filter(({ failed }) => failed > 0).length,
    review: ungradable === undefined ? toReview(submission).length : 1,
    leading: sanitizeLine(leading ?? '', TEXT_LENGTH),
  };
}

/** Those that could not be graded, then those with the fewest points, or with the most scenarios that fail. */
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

function pointsOf({ grade }: SubmissionResults): string[] {
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
      const told = status?.printed === undefined ? ungradable : `${ungradable}: ${status.printed}`;
      const why = sanitizeLine(told, REASON_LENGTH);
      return sentence(`cannot be graded: ${name}: ${why}`, paper);
    })
    .map(paper.palette.red);
}

function renderSuspicions(lines: readonly Line[], paper: Paper): string[] {
  return lines
    .flatMap(({ name, submission: { suspicions = [] } }) =>
      suspicions.map((one) => `to look at: ${name}: ${sanitizeLine(one, TEXT_LENGTH)}`),
    )
    .flatMap((text) => sentence(text, paper))
    .map(paper.palette.yellow);
}

function renderGroups(groups: readonly FailureGroup[], paper: Paper): string[] {
  return groups.slice(0, GROUPS_SHOWN).flatMap((group) => {
    const { submissions, failures, scenarios, artifacts, exampleRun } = group;
    const title = sanitizeLine(group.title, TEXT_LENGTH);
    const example = sanitizeLine(artifacts ?? exampleRun, TEXT_LENGTH);
    const where = `${count(failures, 'run')} in ${listed(scenarios, SCENARIOS_SHOWN)}`;
    return [
      ...sentence(`${count(submissions.length, 'submission')}: ${title}`, paper, '  '),
      ...sentence(`${where}; such as ${example}`, paper, '      ').map(paper.palette.dim),
    ];
  });
}
