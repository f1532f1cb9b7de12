/**
 * Gradescope's `results.json`. A hidden scenario is a visible test here that shows only its points: with a
 * test that Gradescope itself hides, students do not see their total.
 */

import { count } from '../../text/count.js';
import { filesForStudents } from './one-file-each.js';
import type { Output } from './output.js';
import {
  describeFailure,
  worstFirst,
  type ReportedFailure,
  type ReportedTest,
} from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { escapeHtml, fitting, jsonText } from './limited-text.js';
import { asSentence } from '../../text/sentence.js';

/** Gradescope cuts the middle out of what is longer than 100,000 characters. */
const OUTPUT_LENGTH = 90_000;

export const gradescope: Output = {
  name: 'gradescope',
  title: 'Gradescope results.json, one for each submission',
  audience: 'student',
  placeholder: jsonText({
    score: 0,
    output: 'This submission has not been graded yet.',
    output_format: 'text',
    tests: [],
  }),
  files: (context) =>
    filesForStudents(context, { folder: 'gradescope', extension: 'json' }, (report) =>
      jsonText({
        score: report.points ?? 0,
        output: wholeOutput(report),
        output_format: 'html',
        tests: report.tests.map((test) => gradescopeTest(test, report)),
        extra_data: { pblab: { origin: report.origin, notes: report.notes } },
      }),
    ),
};

function gradescopeTest(test: ReportedTest, report: SubmissionReport): object {
  const { title, status, part, points = 0, maxPoints = 0 } = test;
  return {
    name: title,
    number: numberOf(test, report),
    // Without points every test is worth 0 of 0: a score is demanded of each, or of the whole.
    score: points,
    max_score: maxPoints,
    // A test that could not be judged gets no status: both words that Gradescope knows would be wrong.
    ...(status === 'passed' || status === 'failed' ? { status } : {}),
    output: testOutput(test),
    output_format: 'html',
    tags: [part],
    visibility: 'visible',
    extra_data: { pblab: dataOf(test) },
  };
}

/** `2.3` is the third test of the second part. */
function numberOf(test: ReportedTest, { tests }: SubmissionReport): string {
  const parts = [...new Set(tests.map(({ part }) => part))];
  const ofPart = tests.filter(({ part }) => part === test.part);
  return `${parts.indexOf(test.part) + 1}.${ofPart.indexOf(test) + 1}`;
}

function dataOf({ id, status, review, tally }: ReportedTest): object {
  if (tally === undefined) return { id, status, review };
  const { passed, failed, unknown, failureRate } = tally;
  return { id, status, review, passed, failed, unknown, failureRate };
}

function wholeOutput({ headline, notes, tests, origin }: SubmissionReport): string {
  const failing = worstFirst(tests).filter(({ status }) => status === 'failed');
  const parts = [
    paragraph(headline),
    ...notes.map((note) => `<p><strong>${escapeHtml(asSentence(note))}</strong></p>\n`),
    paragraph(origin),
    ...failing.map(({ title, says }) => paragraph(`${title}: ${says}`)),
  ];
  const more = (number: number) => paragraph(`and ${number} more`);
  return fitting(parts, OUTPUT_LENGTH, more).join('');
}

function testOutput({ says, rule, review, failures }: ReportedTest): string {
  const replay = failures.slice(0, 1).map(replayLine).join('');
  const parts = [
    paragraph(says),
    ...(rule === undefined ? [] : [paragraph(rule)]),
    ...(review ? [paragraph('These points are not final: staff look at them')] : []),
    ...failures.map((failure) => paragraph(describeFailure(failure))),
  ];
  const more = (number: number) => paragraph(`and ${count(number, 'more kind')} of failures`);
  return fitting(parts, OUTPUT_LENGTH - replay.length, more).join('') + replay;
}

function replayLine({ replay }: ReportedFailure): string {
  return `<p>Run it again: <code>${escapeHtml(replay)}</code></p>\n`;
}

function paragraph(sentence: string): string {
  return `<p>${escapeHtml(asSentence(sentence))}</p>\n`;
}
