/** What staff have to decide before grades go out: one line for each thing, with the submission it is about. */

import type { ComponentChildren } from 'preact';
import { asSentence } from '../../../text/sentence.js';
import type { Results, SubmissionResults } from '../../../results/results.js';
import { sanitizeLine } from '../../../text/sanitize.js';
import { describeOutOfTime } from '../../../plan/time-budget.js';
import { STATUS_WORDS, whyUngradable } from '../../../tally/ungradable.js';
import { hrefOf, labelOf } from './class-model.js';
import { Section } from './section.js';

const TEXT_LENGTH = 300;
/** Further scenarios that are named before the rest is counted. */
const SHOWN_SCENARIOS = 4;

const KINDS = [
  'not understood',
  'build failed',
  'did not start',
  'not run',
  'no submission',
  'time used up',
  'noticed',
  'not in the roster',
  'grade to review',
] as const;

interface Point {
  kind: (typeof KINDS)[number];
  about: ComponentChildren;
  says: string;
}

export function ReviewList({ results }: { results: Results }) {
  const points = pointsOf(results);
  return (
    <Section id="review" title="To look at before grades go out">
      {points.length === 0 ? (
        <p>Nothing: everything could be graded, and the rubric leaves no points to staff.</p>
      ) : (
        <>
          <p>{summary(points)}</p>
          <div class="scroll box" tabIndex={0} role="region" aria-label="Points to look at">
            <table class="wide">
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  <th scope="col">What</th>
                  <th scope="col">Why</th>
                </tr>
              </thead>
              <tbody>{points.map((one) => Line(one))}</tbody>
            </table>
          </div>
        </>
      )}
    </Section>
  );
}

function Line({ kind, about, says }: Point) {
  return (
    <tr>
      <th scope="row">{about}</th>
      <td>{kind}</td>
      <td>{says}</td>
    </tr>
  );
}

/** Such as `2 × not gradable, 17 × grade to review.` */
function summary(points: readonly Point[]): string {
  const counts = KINDS.map((kind) => ({
    kind,
    count: points.filter((one) => one.kind === kind).length,
  }));
  const found = counts.filter(({ count }) => count > 0);
  return `${found.map(({ kind, count }) => `${count} × ${kind}`).join(', ')}.`;
}

function pointsOf({ submissions, missing }: Results): Point[] {
  const absent = (missing ?? []).map(({ name, id }): Point => {
    const about = `${sanitizeLine(name, TEXT_LENGTH)} (${sanitizeLine(id, TEXT_LENGTH)})`;
    return {
      kind: 'no submission',
      about,
      says: 'The roster has this student, and nothing is graded.',
    };
  });
  return [
    ...submissions.flatMap(ungradable),
    ...absent,
    ...submissions.flatMap(late),
    ...submissions.flatMap(suspected),
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

function unlisted(submission: SubmissionResults): Point[] {
  if (submission.students !== undefined) return [];
  const says = 'No student of the roster has handed this in.';
  return [{ kind: 'not in the roster', about: linked(submission), says }];
}

/** One line for all grades of a submission, since they often have one cause. */
function undecided(submission: SubmissionResults): Point[] {
  const grades = submission.grade?.parts.flatMap(({ scenarios }) => scenarios) ?? [];
  const open = grades.filter(({ status }) => status === 'review');
  const [first] = open;
  if (first === undefined || submission.ungradable !== undefined) return [];
  const others = open.slice(1).map(({ scenario }) => scenario);
  const named = others.slice(0, SHOWN_SCENARIOS).join(', ');
  const rest = others.length - SHOWN_SCENARIOS;
  const more = named === '' ? '' : ` Likewise: ${named}${rest > 0 ? ` and ${rest} more` : ''}.`;
  const rule = sanitizeLine(first.rule, TEXT_LENGTH);
  return [
    {
      kind: 'grade to review',
      about: linked(submission),
      says: `${first.scenario}: ${rule}.${more}`,
    },
  ];
}
