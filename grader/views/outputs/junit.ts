/**
 * JUnit XML in the dialect of Maven's Surefire, one file for each submission. Repetitions are not test cases of their
 * own: some readers count only the first of equal names. How often a scenario failed is in the message.
 */

import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Results } from '../../results/results.js';
import { describeFailure, type ReportedFailure, type ReportedTest } from './reported-test.js';
import type { SubmissionReport } from './submission-report.js';
import { filesForStaff } from './one-file-each.js';
import type { Output } from './output.js';
import { xmlText } from './xml.js';

export const junit: Output = {
  name: 'junit',
  title: 'JUnit XML as Surefire writes it, one file for each submission',
  audience: 'automation',
  files: (context) =>
    filesForStaff(context, { folder: 'junit', prefix: 'TEST-', extension: 'xml' }, (report) =>
      suiteXml(report, context.results),
    ),
};

type Attributes = Record<string, string | number>;

function suiteXml(report: SubmissionReport, { createdAt }: Results): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const suite = add(document, 'testsuite', {
    name: report.name,
    timestamp: createdAt,
    time: seconds(report.tests.reduce((sum, test) => sum + meanMs(test), 0)),
    ...countsOf(report.tests),
  });
  addProperties(suite, report);
  for (const test of report.tests) addCase(suite, test, report.name);
  return `${document.end({ prettyPrint: true })}\n`;
}

function countsOf(tests: readonly ReportedTest[]): Attributes {
  return {
    tests: tests.length,
    errors: 0,
    skipped: tests.filter(isSkipped).length,
    failures: tests.filter(({ status }) => status === 'failed').length,
    flakes: tests.filter((test) => test.status === 'passed' && test.failures.length > 0).length,
  };
}

/** A test that could not be judged is skipped here: neither of the other words is true of it. */
function isSkipped({ status }: ReportedTest): boolean {
  return status === 'unknown' || status === 'skipped';
}

function addProperties(
  suite: XMLBuilder,
  { tests, headline, notes, origin }: SubmissionReport,
): void {
  const properties = add(suite, 'properties');
  const property = (name: string, value: string | number) =>
    add(properties, 'property', { name, value });
  property('pblab.headline', headline);
  property('pblab.origin', origin);
  for (const note of notes) property('pblab.note', note);
  for (const { id, tally, points } of tests) {
    if (points !== undefined) property(`pblab.${id}.points`, points);
    if (tally === undefined) continue;
    property(`pblab.${id}.runs`, tally.passed + tally.failed);
    property(`pblab.${id}.failed`, tally.failed);
    property(`pblab.${id}.ci.lo`, tally.failureRate.low);
    property(`pblab.${id}.ci.hi`, tally.failureRate.high);
  }
}

function addCase(suite: XMLBuilder, test: ReportedTest, suiteName: string): void {
  const { id, status, says, failures } = test;
  const classname = `${suiteName}.${test.part}`;
  const element = add(suite, 'testcase', { name: id, classname, time: seconds(meanMs(test)) });
  if (status === 'failed') addFailures(element, test);
  if (status === 'passed') {
    for (const failure of failures) addAttempt(element, 'flakyFailure', failure);
  }
  if (isSkipped(test)) add(element, 'skipped', { message: says });
  const lines = [test.title, says, ...(test.rule === undefined ? [] : [test.rule])];
  const replays = failures.map(({ replay }) => replay);
  add(element, 'system-out').txt(xmlText([...lines, ...replays].join('\n')));
}

/** The first kind of failure is what failed; the others are what failed when it was done again. */
function addFailures(element: XMLBuilder, { says, failures }: ReportedTest): void {
  const [first, ...others] = failures;
  const failure = add(element, 'failure', { message: says, type: first?.class ?? 'submission' });
  failure.txt(xmlText(first === undefined ? says : told(first)));
  for (const other of others) addAttempt(element, 'rerunFailure', other);
}

function addAttempt(
  element: XMLBuilder,
  name: 'rerunFailure' | 'flakyFailure',
  failure: ReportedFailure,
): void {
  const attempt = add(element, name, { message: describeFailure(failure), type: failure.class });
  add(attempt, 'stackTrace').txt(xmlText(told(failure)));
}

function told(failure: ReportedFailure): string {
  const { signature, run, replay } = failure;
  return [describeFailure(failure), signature, `such as run ${run}`, replay].join('\n');
}

function add(parent: XMLBuilder, name: string, attributes: Attributes = {}): XMLBuilder {
  const harmless = Object.entries(attributes).map(([key, value]) => [key, xmlText(String(value))]);
  return parent.ele(name, Object.fromEntries(harmless));
}

function meanMs({ tally }: ReportedTest): number {
  return tally?.durationMs?.mean ?? 0;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
