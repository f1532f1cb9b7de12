/** The results as Markdown: a table of the submissions, and for each what went wrong, worst first. */

import { LENGTHS } from '../../text/clean-text.js';
import { sanitizeLine } from '../../text/sanitize.js';
import type { Results } from '../../results/results.js';
import { codeInTable, codeMarkdown, escapeMarkdown } from './markdown-text.js';
import type { Output } from './output.js';
import { worstFirst, type ReportedFailure, type ReportedTest } from './reported-test.js';
import { reportsOn, type SubmissionReport } from './submission-report.js';
import { bytes, escapeHtml, fitting } from './limited-text.js';
import { asSentence } from '../../text/sentence.js';

export const markdown: Output = {
  name: 'markdown',
  title: 'Markdown, of all submissions together',
  audience: 'staff',
  files: ({ results }) => [{ path: 'results.md', text: renderMarkdown(results, Infinity) }],
};

/** At most so many bytes; what does not fit is counted at the end. */
export function renderMarkdown(results: Results, limitBytes: number): string {
  const reports = reportsOn(results);
  const title = results.rubric?.title ?? 'Results';
  const head = [
    `# ${escapeMarkdown(sanitizeLine(title, LENGTHS.sentence))}\n\n`,
    ...originOf(reports),
  ];
  const table = [...tableHead(reports), ...reports.map(tableRow), '\n'];
  const details = reports.flatMap(detailsOf);
  const more = (number: number) =>
    `\nand ${number} more parts, left out because this would be too long\n`;
  return fitting([...head, ...table, ...details], limitBytes, more, bytes).join('');
}

function originOf([first]: readonly SubmissionReport[]): string[] {
  return first === undefined ? [] : [`${escapeMarkdown(first.origin)}\n\n`];
}

function tableHead(reports: readonly SubmissionReport[]): string[] {
  return reports.length === 0 ? [] : ['| submission | result |\n| --- | --- |\n'];
}

function tableRow({ title, headline, notes }: SubmissionReport): string {
  const result = [headline, ...notes].join('; ');
  return `| ${codeInTable(title)} | ${escapeMarkdown(result)} |\n`;
}

/** A submission is opened and closed as a whole, so that no cut leaves an element open. */
function detailsOf({ title, tests }: SubmissionReport): string[] {
  const told = worstFirst(tests).filter(isToldOf);
  if (told.length === 0) return [];
  return [`\n## ${codeMarkdown(title)}\n\n`, ...told.map(testDetails)];
}

function isToldOf({ status, failures, review }: ReportedTest): boolean {
  return status === 'failed' || status === 'unknown' || failures.length > 0 || review;
}

function testDetails({ id, status, says, rule, failures }: ReportedTest): string {
  const sentences = [says, ...(rule === undefined ? [] : [rule])]
    .map((one) => escapeMarkdown(asSentence(one)))
    .join(' ');
  return [
    `<details><summary><code>${escapeHtml(id)}</code> ${status}</summary>\n\n`,
    `${sentences}\n\n`,
    ...failures.map(failureLine),
    ...failures.slice(0, 1).map(({ replay }) => `\nRun it again: ${codeMarkdown(replay)}\n`),
    '\n</details>\n\n',
  ].join('');
}

function failureLine({ count, class: kind, signature, reason }: ReportedFailure): string {
  return `- ${count} × ${kind}: ${codeMarkdown(reason)} (${codeMarkdown(signature)})\n`;
}
