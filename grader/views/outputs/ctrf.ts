/**
 * CTRF, the Common Test Report Format, one file for each submission. Repetitions are not what it calls retries, and
 * `flaky` means something else there: rates are in the insights of a test, and the interval is in its extra.
 */

import { tooLittleIsolation } from '../../results/safety.js';
import type { Results } from '../../results/results.js';
import {
  describeFailure,
  type ReportedFailure,
  type ReportedTest,
  type TestStatus,
} from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { filesForStaff } from './one-file-each.js';
import type { Output } from './output.js';
import { jsonText } from './limited-text.js';

/** Version of the schema against which the tests check this output. */
const SPEC_VERSION = '0.0.0';

const STATUSES = {
  passed: 'passed',
  failed: 'failed',
  unknown: 'other',
  skipped: 'skipped',
} as const satisfies Record<TestStatus, string>;

export const ctrf: Output = {
  name: 'ctrf',
  title: 'CTRF, the Common Test Report Format, one file for each submission',
  audience: 'automation',
  files: (context) =>
    filesForStaff(context, { folder: 'ctrf', extension: 'json' }, (report) =>
      jsonText(ctrfReport(report, context.results)),
    ),
};

function ctrfReport(report: SubmissionReport, results: Results): object {
  const { name, headline, notes, origin, tests, points, maxPoints } = report;
  return {
    reportFormat: 'CTRF',
    specVersion: SPEC_VERSION,
    timestamp: results.createdAt,
    generatedBy: 'pblab',
    results: {
      tool: { name: 'pblab', version: results.kit },
      summary: summaryOf(tests, results),
      tests: tests.map((test) => ctrfTest(test, name)),
      environment: {
        reportName: name,
        osPlatform: results.machine.platform,
        ...health(results),
      },
      extra: {
        pblab: { headline, notes, origin, ...(points === undefined ? {} : { points, maxPoints }) },
      },
    },
  };
}

/** Nothing is known of it as long as no run of the control arm can be judged, unless submissions were not kept apart. */
function health(results: Results): { healthy?: boolean } {
  if (tooLittleIsolation(results) !== undefined) return { healthy: false };
  const { control } = results;
  return control === undefined || control.passed + control.failed === 0
    ? {}
    : { healthy: control.safe };
}

function summaryOf(tests: readonly ReportedTest[], results: Results): object {
  const number = (status: TestStatus) => tests.filter((test) => test.status === status).length;
  const stop = Date.parse(results.createdAt);
  return {
    tests: tests.length,
    passed: number('passed'),
    failed: number('failed'),
    skipped: number('skipped'),
    pending: 0,
    other: number('unknown'),
    start: Date.parse(results.provenance?.plannedAt ?? results.createdAt),
    stop,
  };
}

function ctrfTest(test: ReportedTest, submission: string): object {
  const { id, title, part, status, says, failures, tally } = test;
  return {
    testId: `${submission}/${id}`,
    name: title,
    status: STATUSES[status],
    duration: Math.round(tally?.durationMs?.mean ?? 0),
    suite: [submission, part],
    message: says,
    ...(failures.length === 0 ? {} : { trace: failures.map(traceOf).join('\n\n') }),
    rawStatus: tally?.word ?? status,
    ...(failures[0]?.seed ? { parameters: { seed: failures[0].seed } } : {}),
    ...(tally === undefined ? {} : { insights: insightsOf(tally) }),
    ...attachmentsOf(failures),
    extra: { pblab: extraOf(test) },
  };
}

function insightsOf({
  passed,
  failed,
  failureRate: { estimate },
}: NonNullable<ReportedTest['tally']>): object {
  const rates =
    estimate === null
      ? {}
      : { failRate: { current: estimate }, passRate: { current: 1 - estimate } };
  return { ...rates, executedInRuns: passed + failed };
}

function extraOf({ id, tally, points, maxPoints, rule, review, hidden }: ReportedTest): object {
  return {
    scenario: id,
    ...(points === undefined ? {} : { points, maxPoints, rule, review, hidden }),
    ...(tally === undefined
      ? {}
      : {
          passed: tally.passed,
          failed: tally.failed,
          unknown: tally.unknown,
          interval: [tally.failureRate.low, tally.failureRate.high],
          confidence: tally.failureRate.confidence,
        }),
  };
}

function traceOf(failure: ReportedFailure): string {
  return [describeFailure(failure), failure.signature, failure.replay].join('\n');
}

/** The stories of the examples; a build that failed has none. */
function attachmentsOf(failures: readonly ReportedFailure[]): object {
  const attachments = failures.flatMap(({ artifacts, class: kind, run }) =>
    artifacts === undefined || kind === 'build'
      ? []
      : [{ name: run, contentType: 'text/plain', path: `${artifacts}/story.txt` }],
  );
  return attachments.length === 0 ? {} : { attachments };
}
