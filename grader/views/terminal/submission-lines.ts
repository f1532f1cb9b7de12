/** One submission for a terminal: what fails and how, the points for staff to look at, and the passing scenarios. */

import { joinRaces } from '../../tally/data-races.js';
import { groupFailures } from '../../results/failure-groups/group-failures.js';
import type { SubmissionResults } from '../../results/results.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { countTiers, describeTierCounts, endOf } from '../../tally/tier-counts.js';
import { peopleOf } from '../../plan/roster/roster.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { cleaned, shorten } from '../../text/sanitize.js';
import { renderRaces } from './race-lines.js';
import { renderFailureGroups } from './failure-group-lines.js';
import { renderFailing } from './failing.js';
import { listed, points, sentence, type Paper } from './terminal-layout.js';
import { renderReview } from './review.js';
import { renderSound } from './passing-scenarios.js';

const DIGEST_LENGTH = 12;

export function renderSubmission(submission: Clean<SubmissionResults>, paper: Paper): string[] {
  const { tallies, ungradable, leftOut = [] } = submission;
  const heading = renderHeading(submission, paper);
  if (ungradable !== undefined) {
    const why = shorten(ungradable, LENGTHS.sentence);
    return [
      ...heading,
      ...sentence(`cannot be graded: ${why}`, paper).map(paper.palette.red),
      ...renderReview(submission, paper),
    ];
  }
  // Results from before groups were kept have none.
  const groups = submission.groups ?? cleaned(groupFailures([submission]).groups);
  return [
    ...heading,
    ...renderTiers(tallies, paper),
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

function renderHeading(submission: Clean<SubmissionResults>, paper: Paper): string[] {
  const { name, students, digest, grade } = submission;
  const { palette } = paper;
  const who = students === undefined ? '' : ` (${peopleOf(submission, LENGTHS.cell)})`;
  const title = palette.bold(`${shorten(name, LENGTHS.cell)}${who}`);
  const version = digest === '' ? '' : palette.dim(`  ${shorten(digest, DIGEST_LENGTH + 1)}`);
  const earned =
    grade === undefined
      ? ''
      : palette.bold(`  ${points(grade.points)} of ${points(grade.maxPoints)} points`);
  return [`${title}${version}${earned}`];
}

/** How many scenarios of each tier have no failure; no line if no scenario has a tier. */
function renderTiers(tallies: readonly ScenarioTally[], paper: Paper): string[] {
  const counts = describeTierCounts(countTiers(tallies.map(endOf)));
  return counts === '' ? [] : sentence(`scenarios without a failure: ${counts}`, paper);
}

function renderRacesOf({ tallies }: Clean<SubmissionResults>, { palette, width }: Paper): string[] {
  const races = cleaned(joinRaces(tallies.flatMap((one) => one.races ?? [])));
  const runs = tallies.reduce((sum, one) => sum + one.runs, 0);
  return races === undefined ? [] : renderRaces(races, runs, width).map(palette.yellow);
}
