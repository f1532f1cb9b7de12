/** PrairieLearn's `results.json` of an external grader. Its score is a fraction, and a longer file is rejected. */

import { filesForStudents } from './one-file-each.js';
import type { Output } from './output.js';
import { describeFailure, type ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { bytes, jsonText } from './limited-text.js';
import { asSentence } from '../../text/sentence.js';

/** A file of more than 1 MiB is rejected. */
const FILE_BYTES = 1024 * 1024;

/** Failures shown of each test, from many to none: the first number that fits is taken. */
const DETAILS = [20, 3, 1, 0] as const;

export const prairielearn: Output = {
  name: 'prairielearn',
  title: 'PrairieLearn results.json, one for each submission',
  audience: 'student',
  placeholder: jsonText({ gradable: false, message: 'This submission has not been graded yet.' }),
  files: (context) =>
    filesForStudents(context, { folder: 'prairielearn', extension: 'json' }, (report) => {
      const texts = DETAILS.map((kinds) => () => jsonText(prairielearnResults(report, kinds)));
      const found = texts.map((text) => text()).find((text) => bytes(text) <= FILE_BYTES);
      return found ?? jsonText({ gradable: false, message: 'There are too many tests to show.' });
    }),
};

function prairielearnResults(report: SubmissionReport, kinds: number): object {
  const { points, maxPoints, headline, notes, origin, tests } = report;
  return {
    ...scoreOf(points, maxPoints),
    message: [headline, ...notes].map(asSentence).join('\n'),
    output: origin,
    tests: tests.map((test) => prairielearnTest(test, kinds)),
  };
}

/** Without points the attempt does not count, and needs no score. */
function scoreOf(points: number | undefined, maxPoints: number | undefined): object {
  if (points === undefined || maxPoints === undefined || maxPoints === 0)
    return { gradable: false };
  return { gradable: true, score: Math.min(1, Math.max(0, points / maxPoints)) };
}

function prairielearnTest(test: ReportedTest, kinds: number): object {
  const { id, title, says, rule, failures, points = 0, maxPoints = 0 } = test;
  const told = failures.slice(0, kinds);
  return {
    name: title,
    description: id,
    points,
    max_points: maxPoints,
    message: [says, ...(rule === undefined ? [] : [rule])].map(asSentence).join(' '),
    output: told.flatMap((one) => [describeFailure(one), `  ${one.replay}`]).join('\n'),
  };
}
