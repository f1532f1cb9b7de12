/**
 * What the graders of the classic GitHub Classroom pass to its reporter: for each test a runner of its own, so that
 * the reporter's table and its sum agree. A line is `TEST=RESULT`, ready to be added to the outputs of a step.
 */

import { sanitizeLine } from '../sanitize.js';
import { filesForStudents } from './for-students.js';
import type { Output } from './output.js';
import type { ReportedTest } from './reported-test.js';

/** Outputs of a job may have 1 MB together, and base64 adds a third. */
const MESSAGE_LENGTH = 1000;

export const githubClassroom: Output = {
  name: 'github-classroom',
  title: 'Results of the classic GitHub Classroom actions, one file for each student',
  audience: 'student',
  files: (context) =>
    filesForStudents(context, { folder: 'github-classroom', extension: 'txt' }, ({ tests }) =>
      tests.map((test) => `${test.id}=${encoded(runnerResult(test))}\n`).join(''),
    ),
};

function runnerResult(test: ReportedTest): object {
  const { title, points = 0, maxPoints = 0 } = test;
  const status = statusOf(test);
  const message = messageOf(test);
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

function messageOf({ says, failures }: ReportedTest): string | null {
  const [failure] = failures;
  if (failure === undefined) return sanitizeLine(says, MESSAGE_LENGTH);
  return sanitizeLine(`${says}; ${failure.replay}`, MESSAGE_LENGTH);
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}
