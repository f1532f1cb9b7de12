/** Submitty's `validation_results.json` of a custom validator. */

import { filesForStudents } from './one-file-each.js';
import type { Output } from './output.js';
import { testInOneLine, worstFirst, type ReportedTest, type TestStatus } from './reported-test.js';
import { pointsFor, type SubmissionReport } from './submission-report.js';
import { jsonText } from './limited-text.js';

const STATUSES = {
  passed: 'success',
  failed: 'failure',
  unknown: 'warning',
  skipped: 'information',
} as const satisfies Record<TestStatus, string>;

export const submitty: Output = {
  name: 'submitty',
  title: 'Submitty validation_results.json, one for each submission',
  audience: 'student',
  needsRubric: true,
  files: (context) =>
    filesForStudents(context, { folder: 'submitty', extension: 'json' }, (report) =>
      jsonText({ status: 'success', data: dataOf(report) }),
    ),
};

function dataOf(report: SubmissionReport): object {
  const { headline, notes, origin, tests } = report;
  const { points, maxPoints } = pointsFor('Submitty', report);
  const score = maxPoints === 0 ? 0 : Math.min(1, Math.max(0, points / maxPoints));
  return {
    score,
    message: [
      { message: headline, status: 'information' },
      ...notes.map((message) => ({ message, status: 'warning' })),
      ...worstFirst(tests).map(messageOf),
      { message: origin, status: 'information' },
    ],
    status: points >= maxPoints ? 'success' : 'failure',
  };
}

function messageOf(test: ReportedTest): object {
  return { message: `${test.title}: ${testInOneLine(test)}`, status: STATUSES[test.status] };
}
