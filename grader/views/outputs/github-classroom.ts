/**
 * The results that the graders of the classic GitHub Classroom pass to its reporter: each test has a runner of its
 * own, so that the reporter's table and its sum agree. A line is `TEST=RESULT`, ready for the outputs of a step.
 */

import { LENGTHS } from '../../text/clean-text.js';
import { shorten } from '../../text/sanitize.js';
import { filesForStudents } from './one-file-each.js';
import type { Output } from './output.js';
import { testInOneLine, type ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';

export const githubClassroom: Output = {
  name: 'github-classroom',
  title: 'Results of the classic GitHub Classroom actions, one file for each submission',
  audience: 'student',
  files: (context) =>
    filesForStudents(context, { folder: 'github-classroom', extension: 'txt' }, (report) =>
      report.tests.map((test) => `${test.id}=${encoded(runnerResult(test, report))}\n`).join(''),
    ),
};

function runnerResult(test: ReportedTest, report: SubmissionReport): object {
  const { title, points = 0, maxPoints = 0 } = test;
  const status = statusOf(test);
  const message = messageOf(test, report);
  const one = {
    name: title,
    status,
    score: points,
    message,
    test_code: '',
    filename: '',
    line_no: 0,
  };
  return { version: 1, status, max_score: maxPoints, tests: [{ ...one, duration: 0 }] };
}

/** `error` is the word for a test that could not be judged: it accuses the grader. */
function statusOf({ status }: ReportedTest): 'pass' | 'fail' | 'error' {
  if (status === 'unknown') return 'error';
  return status === 'failed' ? 'fail' : 'pass';
}

/**
 * The reporter shows nothing about a submission as a whole, so each test repeats it. It is short: outputs of a job may
 * have 1 MB together, and base64 adds a third.
 */
function messageOf(test: ReportedTest, { notes, origin }: SubmissionReport): string {
  return shorten(testInOneLine(test, [...notes, origin]), LENGTHS.paragraph);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
