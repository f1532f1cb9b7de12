/** What staff have to look at in a submission before its points are final. */

import type { SubmissionResults } from '../../results/results.js';
import type { ScenarioGrade } from '../../rubric/grade.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { describeOutOfTime } from '../../plan/time-budget.js';
import { NAME_LENGTH, sentence, type Paper } from './terminal-layout.js';

const TEXT_LENGTH = 300;

export function renderReview(submission: SubmissionResults, paper: Paper): string[] {
  const { suspicions = [], outOfTime } = submission;
  return [
    ...toReview(submission).map(
      ({ scenario, rule }) =>
        `to review: ${sanitizeLine(scenario, NAME_LENGTH)}: ${sanitizeLine(rule, TEXT_LENGTH)}`,
    ),
    ...(outOfTime === undefined ? [] : [`to look at: ${describeOutOfTime(outOfTime)}`]),
    ...suspicions.map((one) => `to look at: ${sanitizeLine(one, TEXT_LENGTH)}`),
  ]
    .flatMap((text) => sentence(text, paper))
    .map(paper.palette.yellow);
}

/** The scenarios whose points stand for now only. */
export function toReview({ grade }: Pick<SubmissionResults, 'grade'>): ScenarioGrade[] {
  const scenarios = grade?.parts.flatMap((part) => part.scenarios) ?? [];
  return scenarios.filter(({ status }) => status === 'review');
}
