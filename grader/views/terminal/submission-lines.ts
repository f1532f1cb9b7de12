/** One submission for a terminal: what fails and how, what staff have to look at, and what is sound. */

import { joinRaces } from '../../tally/data-races.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { SubmissionResults } from '../../results/results.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { renderRaces } from './race-lines.js';
import { renderFailureGroups } from './failure-group-lines.js';
import { renderFailing } from './failing.js';
import { listed, NAME_LENGTH, points, sentence, type Paper } from './terminal-layout.js';
import { renderReview } from './review.js';
import { renderSound } from './passing-scenarios.js';

const DIGEST_LENGTH = 12;
const REASON_LENGTH = 300;

export function renderSubmission(submission: SubmissionResults, paper: Paper): string[] {
  const { tallies, ungradable, leftOut = [] } = submission;
  const heading = renderHeading(submission, paper);
  if (ungradable !== undefined) {
    const why = sanitizeLine(ungradable, REASON_LENGTH);
    return [
      ...heading,
      ...sentence(`cannot be graded: ${why}`, paper).map(paper.palette.red),
      ...renderReview(submission, paper),
    ];
  }
  // Results from before groups were kept have none.
  const groups = submission.groups ?? groupFailures([submission]).groups;
  return [
    ...heading,
    ...renderFailing(submission, paper),
    ...renderFailureGroups(groups, paper),
    ...renderReview(submission, paper),
    ...renderSound(tallies, paper),
    ...(leftOut.length === 0
      ? []
      : sentence(`not run, because it does not offer their operations: ${listed(leftOut)}`, paper)),
    ...renderRacesOf(submission, paper),
  ];
}

function renderHeading(submission: SubmissionResults, paper: Paper): string[] {
  const { name, students, digest, grade } = submission;
  const { palette } = paper;
  const who = students === undefined ? '' : ` (${peopleOf(submission, NAME_LENGTH)})`;
  const title = palette.bold(`${sanitizeLine(name, NAME_LENGTH)}${who}`);
  const version = digest === '' ? '' : palette.dim(`  ${sanitizeLine(digest, DIGEST_LENGTH + 1)}`);
  const earned =
    grade === undefined
      ? ''
      : palette.bold(`  ${points(grade.points)} of ${points(grade.maxPoints)} points`);
  return [`${title}${version}${earned}`];
}

function renderRacesOf({ tallies }: SubmissionResults, { palette, width }: Paper): string[] {
  const races = joinRaces(tallies.flatMap((one) => one.races ?? []));
  const runs = tallies.reduce((sum, one) => sum + one.runs, 0);
  return races === undefined ? [] : renderRaces(races, runs, width).map(palette.yellow);
}
