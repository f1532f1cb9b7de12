/** TAP 14, one file for each submission. Counts are in the YAML block below a test point. */

import type { ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { filesForStaff } from './one-file-each.js';
import type { Output } from './output.js';

export const tap: Output = {
  name: 'tap',
  title: 'TAP 14, one file for each submission',
  audience: 'automation',
  isPrinted: true,
  files: (context) => filesForStaff(context, { folder: 'tap', extension: 'tap' }, tapText),
};

function tapText({ tests, headline, notes, origin }: SubmissionReport): string {
  const comments = [headline, ...notes, origin].map((sentence) => `# ${sentence}`);
  const points = tests.flatMap((test, index) => [testPoint(test, index + 1), ...yamlBlock(test)]);
  return ['TAP version 14', `1..${tests.length}`, ...comments, ...points]
    .map((line) => `${line}\n`)
    .join('');
}

function testPoint({ id, title, status, says }: ReportedTest, number: number): string {
  const ok = status === 'failed' ? 'not ok' : 'ok';
  const isSkipped = status === 'unknown' || status === 'skipped';
  const directive = isSkipped ? ` # SKIP ${escaped(says)}` : '';
  return `${ok} ${number} - ${escaped(`${id}: ${title}`)}${directive}`;
}

/** Without this a title could hold a directive of its own. */
function escaped(text: string): string {
  return text.replaceAll(/[\\#]/g, String.raw`\$&`);
}

function yamlBlock(test: ReportedTest): string[] {
  // JSON is YAML, and leaves no doubt where a text ends.
  const lines = Object.entries(dataOf(test)).map(
    ([key, data]) => `${key}: ${JSON.stringify(data)}`,
  );
  return ['---', ...lines, '...'].map((line) => `  ${line}`);
}

function dataOf({ says, rule, points, maxPoints, tally, failures }: ReportedTest): object {
  return {
    message: says,
    ...(points === undefined ? {} : { points, max_points: maxPoints }),
    ...(rule === undefined ? {} : { rule }),
    ...(tally === undefined
      ? {}
      : {
          runs: tally.passed + tally.failed,
          failed: tally.failed,
          unknown: tally.unknown,
          interval: [tally.failureRate.low, tally.failureRate.high],
        }),
    ...(failures.length === 0 ? {} : { failures: failures.map(failureData) }),
  };
}

function failureData(failure: ReportedTest['failures'][number]): object {
  const { count, class: kind, signature, reason, seed, replay } = failure;
  return { count, class: kind, signature, reason, seed, replay };
}
