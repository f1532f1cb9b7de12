/** The decisions for staff before they publish grades, with the submissions concerned. */

import type { ComponentChildren } from 'preact';
import { count } from '../../../text/count.js';
import { asSentence } from '../../../text/sentence.js';
import { groupBy } from '../../../ground/group-by.js';
import type { ScenarioGrade } from '../../../rubric/grade.js';
import type { Results, SubmissionResults } from '../../../results/results.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { describeIncidents } from '../../../tally/incident-tally.js';
import { describeOutOfTime } from '../../../plan/time-budget.js';
import { STATUS_WORDS, whyUngradable } from '../../../tally/ungradable.js';
import { DataTable, type Column } from '../data-table.js';
import { hrefOf, labelOf } from './class-model.js';
import { Section } from './section.js';

const TEXT_LENGTH = 300;
/** Scenarios that are named before the rest is counted. */
const SHOWN_SCENARIOS = 2;

const KINDS = [
  'not understood',
  'build failed',
  'did not start',
  'not run',
  'no submission',
  'time used up',
  'noticed',
  'incidents',
  'not in the roster',
  'grade to review',
] as const;

interface Point {
  kind: (typeof KINDS)[number];
  about: ComponentChildren;
  says: string;
}

/** A row for all submissions of which the same is said. */
interface Row extends Omit<Point, 'about'> {
  about: readonly ComponentChildren[];
}

export function ReviewList({ results }: { results: Results }) {
  const points = pointsOf(results);
  return (
    <Section id="review" title="Review list">
      {points.length === 0 ? (
        <p>
          Nothing to review: all submissions were graded, and the rubric leaves no points to staff.
        </p>
      ) : (
        <>
          <p>
            Please look at these before you publish grades: {summary(points, results.submissions)}
          </p>
          <DataTable
            label="Review list"
            look="wide cards"
            rows={rowsOf(points)}
            columns={COLUMNS}
          />
        </>
      )}
    </Section>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: 'Submissions',
    cell: ({ about }) => (
      <ul class="who">
        {about.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    ),
  },
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'Reason', cell: ({ says }) => says },
];

function rowsOf(points: readonly Point[]): Row[] {
  const alike = groupBy(points, ({ kind, says }) => `${kind} ${says}`);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, about: group.map(({ about }) => about) }];
  });
}

/** Such as `2 × build failed, 17 submissions with grades to review.` */
function summary(points: readonly Point[], submissions: readonly SubmissionResults[]): string {
  const found = KINDS.flatMap((kind) => {
    const times = points.filter((one) => one.kind === kind).length;
    return times === 0 || kind === 'grade to review' ? [] : [`${times} × ${kind}`];
  });
  // A submission has a point for every reason, and is one submission to look at.
  const open = submissions.filter((one) => openGrades(one).length > 0).length;
  const grades = open === 0 ? [] : [`${count(open, 'submission')} with grades to review`];
  return `${[...found, ...grades].join(', ')}.`;
}

function pointsOf({ submissions, missing }: Results): Point[] {
  const absent = (missing ?? []).map(({ name, id }): Point => {
    const about = `${sanitizeLine(name, TEXT_LENGTH)} (${sanitizeLine(id, TEXT_LENGTH)})`;
    return {
      kind: 'no submission',
      about,
      says: 'The roster lists this student, but there is no submission.',
    };
  });
  return [
    ...submissions.flatMap(ungradable),
    ...absent,
    ...submissions.flatMap(late),
    ...submissions.flatMap(suspected),
    ...submissions.flatMap(withIncidents),
    ...(missing === undefined ? [] : submissions.flatMap(unlisted)),
    ...submissions.flatMap(undecided),
  ];
}

function linked(submission: SubmissionResults): ComponentChildren {
  return <a href={hrefOf(submission.name)}>{labelOf(submission)}</a>;
}

function ungradable(submission: SubmissionResults): Point[] {
  const { ungradable: why, status, tallies } = submission;
  const about = linked(submission);
  if (why !== undefined) {
    const kind = STATUS_WORDS[status?.kind ?? 'not-understood'];
    const printed = status?.printed === undefined ? '' : ` It printed: ${status.printed}`;
    return [
      {
        kind,
        about,
        says: sanitizeLine(`${asSentence(whyUngradable(why, status))}${printed}`, TEXT_LENGTH),
      },
    ];
  }
  if (tallies.length > 0) return [];
  return [{ kind: 'not run', about, says: 'It runs no scenario of the plan.' }];
}

function late(submission: SubmissionResults): Point[] {
  const { outOfTime } = submission;
  if (outOfTime === undefined) return [];
  const says = describeOutOfTime(outOfTime);
  return [{ kind: 'time used up', about: linked(submission), says }];
}

function suspected(submission: SubmissionResults): Point[] {
  return (submission.suspicions ?? []).map((one) => {
    const says = sanitizeLine(one, TEXT_LENGTH);
    return { kind: 'noticed', about: linked(submission), says };
  });
}

function withIncidents(submission: SubmissionResults): Point[] {
  const { incidents = [] } = submission;
  if (incidents.length === 0) return [];
  const says = sanitizeLine(asSentence(describeIncidents(incidents)), TEXT_LENGTH);
  return [{ kind: 'incidents', about: linked(submission), says }];
}

function unlisted(submission: SubmissionResults): Point[] {
  if (submission.students !== undefined) return [];
  const says = 'No student in the roster matches this submission.';
  return [{ kind: 'not in the roster', about: linked(submission), says }];
}

/** One point for all grades of a submission that have the same reason, since they often have one cause. */
function undecided(submission: SubmissionResults): Point[] {
  const alike = groupBy(openGrades(submission), ({ rule }) => rule);
  return [...alike].map(([rule, grades]) => ({
    kind: 'grade to review',
    about: (
      <>
        {linked(submission)}: {nameScenarios(grades)}
      </>
    ),
    says: asSentence(sanitizeLine(rule, TEXT_LENGTH)),
  }));
}

/** The grades that staff decide; none where the whole submission is on the list. */
function openGrades({ grade, ungradable: why }: SubmissionResults): ScenarioGrade[] {
  if (why !== undefined) return [];
  const grades = grade?.parts.flatMap(({ scenarios }) => scenarios) ?? [];
  return grades.filter(({ status }) => status === 'review');
}

/** Such as `primary-failure, view-zero and 3 more`. */
function nameScenarios(grades: readonly ScenarioGrade[]): string {
  const named = grades.slice(0, SHOWN_SCENARIOS).map(({ scenario }) => scenario);
  const rest = grades.length - named.length;
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
