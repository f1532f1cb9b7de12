/**
 * Annotations of a GitHub job, as commands on its standard output. The same follows in words, in a section in which
 * GitHub obeys no command.
 */

import { createHash } from 'node:crypto';
import type { Results } from '../../results/results.js';
import type { Output } from './output.js';
import { firstFailure, worstFirst, type ReportedTest } from './reported-test.js';
import { reportsOn, type SubmissionReport } from './submission-report.js';

/** GitHub shows ten of each kind a step, and drops the others without a word. */
const SHOWN = 10;

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  level: Level;
  title: string;
  message: string;
}

export const githubAnnotations: Output = {
  name: 'github-annotations',
  title: 'annotations of a GitHub job, for its standard output',
  audience: 'automation',
  isPrinted: true,
  files: ({ results }) => [{ path: 'github-annotations.txt', text: annotationsText(results) }],
};

function annotationsText(results: Results): string {
  const reports = reportsOn(results);
  const commands = [
    ...shown('error', 'failing tests', failing(reports)),
    ...shown('warning', 'tests to look at', reports.flatMap(doubtful)),
    ...shown('notice', 'submissions', reports.map(summary)),
  ];
  const words = [...reports.flatMap(inWords), ...reports.slice(0, 1).map(({ origin }) => origin)];
  // Nobody can have printed it before there were results.
  const all = [results.createdAt, results.seed, ...words];
  const token = createHash('sha256').update(JSON.stringify(all)).digest('hex');
  return [...commands.map(command), `::stop-commands::${token}`, ...words, `::${token}::`]
    .map((line) => `${line}\n`)
    .join('');
}

/** Ten at most; if there are more, the tenth says how many are not shown. */
function shown(
  level: Level,
  what: string,
  all: readonly Omit<Annotation, 'level'>[],
): Annotation[] {
  const list = all.map((one) => ({ level, ...one }));
  if (list.length <= SHOWN) return list;
  const left = list.length - SHOWN + 1;
  const last = { level, title: `${left} more ${what}`, message: `and ${left} more ${what}` };
  return [...list.slice(0, SHOWN - 1), last];
}

/** The worst of all submissions first. */
function failing(reports: readonly SubmissionReport[]): Omit<Annotation, 'level'>[] {
  const tests = reports.flatMap((report) => report.tests.map((test) => ({ ...test, report })));
  return worstFirst(tests)
    .filter(({ status }) => status === 'failed')
    .map((test) => annotation(test, test.report));
}

function doubtful(report: SubmissionReport): Omit<Annotation, 'level'>[] {
  return report.tests
    .filter(({ status, failures }) => {
      return status === 'unknown' || (status === 'passed' && failures.length > 0);
    })
    .map((test) => annotation(test, report));
}

function annotation(test: ReportedTest, { title }: SubmissionReport) {
  return { title: `${title}: ${test.id}`, message: [test.says, ...firstFailure(test)].join('\n') };
}

function summary({ title, headline, notes }: SubmissionReport): Omit<Annotation, 'level'> {
  return { title, message: [headline, ...notes].join('\n') };
}

function command({ level, title, message }: Annotation): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function inWords({ title, headline, notes, tests }: SubmissionReport): string[] {
  return [
    `${title}: ${headline}`,
    ...notes.map((note) => `  ${note}`),
    ...worstFirst(tests).map(({ id, status, says }) => `  ${id} ${status}: ${says}`),
  ];
}
