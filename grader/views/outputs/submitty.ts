/** Submitty's `validation_results.json` of a custom validator. */

import { UsageError } from '../../../harness/index.js';
import { sanitizeLine } from '../../text/sanitize.js';
import { filesForStudents } from './for-students.js';
import type { Output } from './output.js';
import {
  describeFailure,
  worstFirst,
  type ReportedTest,
  type TestStatus,
} from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { jsonText } from './limited-text.js';

const MESSAGE_LENGTH = 2000;

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
  const { name, points, maxPoints, headline, notes, origin, tests } = report;
  if (points === undefined || maxPoints === undefined) {
    throw new UsageError(`${name} has no points, and Submitty needs them`, {
      hint: 'grade it with --rubric FILE',
    });
  }
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

function messageOf({ title, says, status, failures }: ReportedTest): object {
  const seen = failures.slice(0, 1).flatMap((one) => [describeFailure(one), one.replay]);
  const message = sanitizeLine([`${title}: ${says}`, ...seen].join('; '), MESSAGE_LENGTH);
  return { message, status: STATUSES[status] };
}
