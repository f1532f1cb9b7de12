/** The points of a submission that staff have to look at before its grade is final. */

import type { SubmissionResults } from '../../results/results.js';
import type { ScenarioGrade } from '../../rubric/grade.js';
import { describeIncidents } from '../../tally/incident-tally.js';
import { LENGTHS, type Clean } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { describeOutOfTime } from '../../plan/time-budget.js';
import { sentence, type Paper } from './terminal-layout.js';

export function renderReview(submission: Clean<SubmissionResults>, paper: Paper): string[] {
  const { suspicions = [], outOfTime, incidents = [] } = submission;
  return [
    ...toReview(submission).map(
      ({ scenario, rule }) =>
        `to review: ${shorten(scenario, LENGTHS.cell)}: ${shorten(rule, LENGTHS.sentence)}`,
    ),
    ...(outOfTime === undefined ? [] : [`to look at: ${describeOutOfTime(outOfTime)}`]),
    ...suspicions.map((one) => `to look at: ${shorten(one, LENGTHS.sentence)}`),
    ...(incidents.length === 0 ? [] : [`incidents: ${describeIncidents(incidents)}`]),
  ]
    .flatMap((text) => sentence(text, paper))
    .map(paper.palette.yellow);
}

/** The scenarios whose points are not final. */
export function toReview({
  grade,
}: Pick<Clean<SubmissionResults>, 'grade'>): Clean<ScenarioGrade>[] {
  const scenarios = grade?.parts.flatMap((part) => part.scenarios) ?? [];
  return scenarios.filter(({ status }) => status === 'review');
}
