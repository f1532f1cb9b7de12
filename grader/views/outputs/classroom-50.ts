/**
 * Classroom 50's `result.json`. Its scores are whole numbers, so they are hundredths of a point here: points have
 * two digits, and the same rubric must give numbers of one size to every student.
 */

import { filesForStudents } from './one-file-each.js';
import type { Output, OutputContext } from './output.js';
import { describeFailure, type ReportedTest } from './reported-test.js';
import { pointsFor, type SubmissionReport } from './submission-report.js';
import { jsonText } from './limited-text.js';

const SCHEMA = 'classroom50/result/v1';

/** Variables that Classroom 50 gives its autograder, and the keys under which the result repeats them. */
const REPEATED = {
  classroom: 'CLASSROOM',
  assignment: 'ASSIGNMENT',
  submission: 'SUBMISSION_TAG',
  commit: 'COMMIT_URL',
  release: 'RELEASE_URL',
  review: 'REVIEW_URL',
} as const;

/** Such as `submit/2026-06-01T14-32-05Z-a1b2c3d`. */
const TAG = /^submit\/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/;

export const classroom50: Output = {
  name: 'classroom50',
  title: 'Classroom 50 result.json, one for each submission; in hundredths of a point',
  audience: 'student',
  needsRubric: true,
  files: (context) =>
    filesForStudents(context, { folder: 'classroom50', extension: 'json' }, (report) =>
      jsonText({
        schema: SCHEMA,
        ...repeated(context),
        graded_at: report.createdAt,
        ...scores(report),
        notes: report.notes,
        origin: report.origin,
        tests: report.tests.map(classroom50Test),
      }),
    ),
};

function repeated({ environment = {} }: OutputContext): Record<string, string> {
  const fields = Object.entries(REPEATED).flatMap(([key, variable]) => {
    const value = environment[variable];
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(fields), ...handedInAt(environment['SUBMISSION_TAG']) };
}

/** The instant of the submission, which a regrade must not change. */
function handedInAt(tag: string | undefined): { datetime?: string } {
  const [, day, hour, minute, second] = TAG.exec(tag ?? '') ?? [];
  return day === undefined ? {} : { datetime: `${day}T${hour}:${minute}:${second}Z` };
}

function scores(report: SubmissionReport): object {
  const { points, maxPoints } = pointsFor('Classroom 50', report);
  return { score: hundredths(points), 'max-score': hundredths(maxPoints) };
}

function classroom50Test(test: ReportedTest): object {
  const { title, status, points = 0, maxPoints = 0, says, tally, failures } = test;
  return {
    'test-name': title,
    passed: status === 'passed',
    score: hundredths(points),
    'max-score': hundredths(maxPoints),
    says,
    ...(tally === undefined
      ? {}
      : { runs: tally.passed + tally.failed, 'failed-runs': tally.failed }),
    ...(failures[0] === undefined
      ? {}
      : { seen: describeFailure(failures[0]), replay: failures[0].replay }),
  };
}

function hundredths(points: number): number {
  return Math.round(points * 100);
}
