/** What a student reads in Moodle beside the points. Moodle may show it as HTML, so no sign of that is left in it. */

import { describeFailure, worstFirst } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { asSentence, fitting } from './text.js';

const FEEDBACK_LENGTH = 4000;

export function moodleFeedback({ headline, notes, origin, tests }: SubmissionReport): string {
  const wrong = worstFirst(tests).filter(({ status }) => status !== 'passed');
  const lines = [
    ...[headline, ...notes, origin].map(asSentence),
    ...wrong.flatMap(({ title, says, failures }) => [
      asSentence(`${title}: ${says}`),
      ...failures.slice(0, 1).flatMap((one) => [`- ${describeFailure(one)}`, `- ${one.replay}`]),
    ]),
  ];
  const parts = lines.map((line) => `${withoutMarkup(line)}\n`);
  return fitting(parts, FEEDBACK_LENGTH, (number) => `and ${number} more lines\n`)
    .join('')
    .trimEnd();
}

function withoutMarkup(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('&', '+');
}
