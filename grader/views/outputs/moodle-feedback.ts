/**
 * The feedback in Moodle beside the points. Moodle shows it as HTML or as text, and it has to read the same in both: so
 * it contains no markup, no named characters and no entities of HTML.
 */

import { firstFailure, worstFirst } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { fitting } from './limited-text.js';
import { asSentence } from '../../text/sentence.js';

const FEEDBACK_LENGTH = 4000;

/** `scaled` are the points that stand beside it, where these are not the rubric's. */
export function moodleFeedback(
  { headline, notes, origin, tests }: SubmissionReport,
  scaled?: { points: number; maxPoints: number },
): string {
  const wrong = worstFirst(tests).filter(({ status }) => status !== 'passed');
  const lines = [
    ...[...scaledLine(scaled), headline, ...notes, origin].map(asSentence),
    ...wrong.flatMap((test) => [
      asSentence(`${test.title}: ${test.says}`),
      ...firstFailure(test).map((line) => `- ${line}`),
    ]),
  ];
  const parts = lines.map((line) => `${withoutMarkup(line)}\n`);
  return fitting(parts, FEEDBACK_LENGTH, (number) => `and ${number} more lines\n`)
    .join('')
    .trimEnd();
}

function scaledLine(scaled: { points: number; maxPoints: number } | undefined): string[] {
  if (scaled === undefined) return [];
  return [`${scaled.points} of ${scaled.maxPoints} points here, scaled from those of the rubric`];
}

/**
 * An ampersand means something only before a letter or `#`: a blank between them takes that away. Elsewhere, as in
 * `&&`, it is itself.
 */
function withoutMarkup(text: string): string {
  return text
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll(/&(?=[a-z#])/gi, '& ');
}
