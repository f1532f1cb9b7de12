/** What staff have to decide before grades go out: one line for each thing, with the submission it is about. */

import type { SubmissionResults } from '../../results.js';
import { sanitizeLine } from '../../sanitize.js';
import { hrefOf, labelOf } from './class-table.js';
import { counted, Section } from './section.js';

const TEXT_LENGTH = 300;
/** Further scenarios that are named before the rest is counted. */
const SHOWN_SCENARIOS = 4;

interface Point {
  kind: 'not gradable' | 'suspicion' | 'grade to review';
  submission: SubmissionResults;
  says: string;
}

export function ReviewList({ submissions }: { submissions: readonly SubmissionResults[] }) {
  const points = [
    ...submissions.flatMap(ungradable),
    ...submissions.flatMap(suspected),
    ...submissions.flatMap(undecided),
  ];
  return (
    <Section id="review" title="To look at before grades go out">
      {points.length === 0 ? (
        <p>Nothing: no grade is undecided, and everything could be graded.</p>
      ) : (
        <>
          <p>{summary(points)}</p>
          <div class="scroll box" tabIndex={0} role="region" aria-label="Points to look at">
            <table class="wide">
              <thead>
                <tr>
                  <th scope="col">Submission</th>
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

function Line({ kind, submission, says }: Point) {
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf(submission.name)}>{labelOf(submission)}</a>
      </th>
      <td>{kind}</td>
      <td>{says}</td>
    </tr>
  );
}

function summary(points: readonly Point[]): string {
  const of = (kind: Point['kind']) => points.filter((one) => one.kind === kind).length;
  return (
    [
      counted(of('not gradable'), 'submission') + ' could not be graded',
      counted(of('suspicion'), 'suspicion'),
      counted(of('grade to review'), 'submission') + ' with grades to review',
    ].join(', ') + '.'
  );
}

function ungradable(submission: SubmissionResults): Point[] {
  const { ungradable: why } = submission;
  if (why === undefined) return [];
  return [{ kind: 'not gradable', submission, says: sanitizeLine(why, TEXT_LENGTH) }];
}

function suspected(submission: SubmissionResults): Point[] {
  return (submission.suspicions ?? []).map((one) => {
    return { kind: 'suspicion', submission, says: sanitizeLine(one, TEXT_LENGTH) };
  });
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
  return [{ kind: 'grade to review', submission, says: `${first.scenario}: ${rule}.${more}` }];
}
