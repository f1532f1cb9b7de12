/**
 * Readers of the formats, as strict as the systems that read them: each throws at what its system would refuse or
 * misread. They know the formats only, and nothing of how the kit writes them.
 */

import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse as parseCsv } from 'csv-parse/sync';
import { expect } from 'chai';
import { validateXML } from 'xmllint-wasm';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { OutputFile } from '../../../../grader/views/outputs/output.js';
import { readData } from '../../../support/data.js';

/** Reads a file; throws, or is rejected, where it is not what its system takes. */
export type Reader = (text: string) => void | Promise<void>;

/** The content of a file as one text. */
export function contentOf({ text }: OutputFile): string {
  return typeof text === 'string' ? text : [...text].join('');
}

const name = z.string().min(1);
const amount = z.number().min(0);
/** What these systems show: no control character, no half of a pair, nothing that turns the writing around. */
const shown = z
  .string()
  .refine((text) => !/(?![\n\t])\p{Cc}|\p{Surrogate}|\p{Bidi_Control}/u.test(text), 'is harmless');

/** 100,000 are allowed, and the kit promises less. */
const gradescopeOutput = shown
  .max(90_000)
  .refine((text) => isHarmlessHtml(text), 'holds no markup');

/** Nothing but paragraphs, bold text and code, closed in order, and no sign of HTML besides. */
function isHarmlessHtml(text: string): boolean {
  const plain = text
    .replaceAll(/<\/?(?:p|strong|code)>/g, '')
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '');
  return (
    !/[<>&]/.test(plain) &&
    (text.match(/<p>/g) ?? []).length === (text.match(/<\/p>/g) ?? []).length
  );
}

const GRADESCOPE = z.strictObject({
  score: amount,
  output: gradescopeOutput,
  output_format: z.literal('html'),
  tests: z.array(
    z.strictObject({
      name: shown.min(1),
      number: z.string().regex(/^\d+\.\d+$/),
      score: amount,
      max_score: amount,
      status: z.enum(['passed', 'failed']).optional(),
      output: gradescopeOutput,
      output_format: z.literal('html'),
      tags: z.array(shown),
      // With any that is hidden, students do not see their total.
      visibility: z.literal('visible'),
      extra_data: z.looseObject({}),
    }),
  ),
  extra_data: z.looseObject({ pblab: z.looseObject({}) }),
});

const PRAIRIELEARN = z
  .strictObject({
    gradable: z.boolean(),
    score: z.number().min(0).max(1).optional(),
    message: shown,
    output: shown,
    tests: z.array(
      z.strictObject({
        name: shown.min(1),
        description: shown,
        points: amount,
        max_points: amount,
        message: shown,
        output: shown,
      }),
    ),
  })
  .refine(({ gradable, score }) => gradable === (score !== undefined), 'a score if it is gradable');

const CLASSROOM_50 = z.strictObject({
  schema: z.literal('classroom50/result/v1'),
  classroom: name.optional(),
  assignment: name.optional(),
  submission: name.optional(),
  commit: z.url().optional(),
  release: z.url().optional(),
  review: z.url().optional(),
  datetime: z.iso.datetime().optional(),
  graded_at: z.iso.datetime(),
  score: z.int().min(0),
  'max-score': z.int().min(0),
  notes: z.array(shown),
  origin: shown,
  tests: z.array(
    z.looseObject({
      'test-name': shown.min(1),
      passed: z.boolean(),
      score: z.int().min(0),
      'max-score': z.int().min(0),
    }),
  ),
});

const CLASSROOM_RUNNER = z.strictObject({
  version: z.literal(1),
  status: z.enum(['pass', 'fail', 'error']),
  max_score: amount,
  // One test a runner, or the reporter's table and its sum disagree.
  tests: z.tuple([
    z.strictObject({
      name: shown.min(1),
      status: z.enum(['pass', 'fail', 'error']),
      score: amount,
      message: shown.nullable(),
      test_code: z.string(),
      filename: z.string(),
      line_no: z.int(),
      duration: z.int(),
    }),
  ]),
});

const SUBMITTY = z.strictObject({
  status: z.literal('success'),
  data: z.strictObject({
    score: z.number().min(0).max(1),
    message: z.array(
      z.strictObject({
        message: shown,
        status: z.enum(['information', 'failure', 'warning', 'success']),
      }),
    ),
    status: z.enum(['information', 'failure', 'warning', 'success']),
  }),
});

function gradescope(text: string): void {
  expect(text).not.to.contain('\r');
  GRADESCOPE.parse(JSON.parse(text));
}

function prairielearn(text: string): void {
  expect(Buffer.byteLength(text)).to.be.at.most(1024 * 1024);
  PRAIRIELEARN.parse(JSON.parse(text));
}

function githubClassroom(text: string): void {
  expect(Buffer.byteLength(text)).to.be.at.most(1_000_000);
  for (const line of linesOf(text)) {
    const [, encoded = ''] = /^[\w-]+=([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
    CLASSROOM_RUNNER.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  }
}

/** Tango keeps 1000 KiB; the last line is the result, and one before it the feedback. */
function autolab(text: string): void {
  expect(Buffer.byteLength(text)).to.be.at.most(1000 * 1024);
  const lines = linesOf(text);
  const result = z.strictObject({ scores: z.record(z.string(), amount) });
  result.parse(JSON.parse(lines.at(-1) ?? ''));
  const [feedback = '', ...others] = lines.filter((line) => line.startsWith('{"_presentation"'));
  expect(others).to.deep.equal([]);
  const { _presentation, stages, ...content } = z
    .looseObject({ _presentation: z.literal('semantic'), stages: z.array(name) })
    .parse(JSON.parse(feedback));
  expect(Object.keys(content)).to.have.members(stages);
  const stage = z.record(z.string(), z.strictObject({ passed: z.boolean(), hint: shown }));
  for (const one of Object.values(content)) stage.parse(one);
  for (const line of lines.slice(0, -2)) expect(line).to.match(/^# /);
}

/** Canvas takes these columns in this order, and each row must have all cells. */
function canvas(text: string): void {
  const [header = [], ...rows] = csvRows(text);
  expect(header.slice(0, 5)).to.deep.equal([
    'Student',
    'ID',
    'SIS User ID',
    'SIS Login ID',
    'Section',
  ]);
  expect(header).to.have.length(6);
  expect(rows[0]?.[0]).to.contain('Points Possible');
  for (const row of rows) expect(row.at(-1), 'a blank grade clears').to.match(/^\d+(\.\d+)?$/);
}

function moodleGradebook(text: string): void {
  const [header = [], ...rows] = csvRows(text);
  expect(header.slice(0, 3)).to.deep.equal(['email', 'idnumber', 'username']);
  expect(header[4]).to.equal(`${header[3]} feedback`);
  for (const row of rows) {
    expect(row[3]).to.match(/^\d+(\.\d+)?$/);
    expect(row[4]).not.to.match(/[<>]|&[a-z#]/i);
  }
}

function runsCsv(text: string): void {
  const [header = [], ...rows] = csvRows(text);
  expect(new Set(header).size).to.equal(header.length);
  expect(rows).not.to.be.empty;
}

/** Rows of equal length, without what a spreadsheet would take for a formula. */
function csvRows(text: string): string[][] {
  expect(text).not.to.match(/\uFEFF|\0/);
  const rows = z.array(z.array(shown)).parse(parseCsv(text));
  for (const cell of rows.flat()) {
    if (!/^[+-]?\d+(\.\d+)?$/.test(cell)) expect(cell).not.to.match(/^[=+\-@\t\r]/);
  }
  return rows;
}

const SUREFIRE = readData('schemas', 'surefire-test-report.xsd');

async function junit(text: string): Promise<void> {
  expect(Buffer.byteLength(text)).to.be.at.most(30_000_000);
  const { valid, errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: text }],
    schema: [{ fileName: 'surefire.xsd', contents: SUREFIRE }],
  });
  expect(valid, errors.map(({ message }) => message).join('\n')).to.be.true;
  const cases = [...text.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"/g)];
  expect(new Set(cases.map(([, one, group]) => `${group} ${one}`)).size).to.equal(cases.length);
  expect(text).to.contain(` tests="${cases.length}"`);
  expect(text).to.contain(` failures="${(text.match(/<failure /g) ?? []).length}"`);
  for (const one of text.split('<testcase').slice(1)) {
    const count = (sign: string) => one.split(`<${sign} `).length - 1;
    expect(count('rerunFailure')).to.be.at.most(20);
    if (count('rerunFailure') > 0) expect(count('failure')).to.equal(1);
    if (count('failure') > 0) expect(count('flakyFailure')).to.equal(0);
  }
}

const isCtrf = addFormats
  .default(new Ajv({ allErrors: true, strict: false }))
  .compile(JSON.parse(readData('schemas', 'ctrf.schema.json')));

const CTRF_COUNTS = z.looseObject({
  results: z.looseObject({
    summary: z.record(z.string(), z.number()),
    tests: z.array(z.looseObject({ status: z.string(), name: shown, message: shown })),
  }),
});

function ctrf(text: string): void {
  const report: unknown = JSON.parse(text);
  expect(isCtrf(report), JSON.stringify(isCtrf.errors)).to.be.true;
  const { summary, tests } = CTRF_COUNTS.parse(report).results;
  expect(summary['tests']).to.equal(tests.length);
  for (const status of ['passed', 'failed', 'skipped', 'pending', 'other']) {
    const ofStatus = tests.filter((one) => one.status === status);
    expect(summary[status], status).to.equal(ofStatus.length);
  }
}

/** All are written alike, and reading YAML takes its time. */
const BLOCKS_READ = 6;

function tap(text: string): void {
  const [version, plan = '', ...rest] = linesOf(text);
  expect(version).to.equal('TAP version 14');
  const planned = Number(/^1\.\.(\d+)$/.exec(plan)?.[1]);
  const points = rest.filter((line) => !line.startsWith('  ') && !line.startsWith('# '));
  expect(points).to.have.length(planned);
  for (const [index, point] of points.entries()) {
    const match = /^(not )?ok (\d+) - (.*)$/.exec(point);
    expect(Number(match?.[2]), point).to.equal(index + 1);
    // A directive begins at a sign that is not escaped.
    const directives = (match?.[3] ?? '')
      .replaceAll(/\\[\\#]/g, '')
      .split('#')
      .slice(1);
    expect(directives.length, point).to.be.at.most(match?.[1] === undefined ? 1 : 0);
    for (const directive of directives) expect(directive).to.match(/^ SKIP /);
  }
  const blocks = rest
    .filter((line) => line.startsWith('  '))
    .join('\n')
    .split(/^ {2}\.\.\.$/m);
  expect(blocks.slice(0, -1)).to.have.length(planned);
  for (const block of blocks.slice(0, -1).slice(0, BLOCKS_READ)) {
    expect(block.trimStart()).to.match(/^---\n/);
    z.looseObject({ message: shown }).parse(parseYaml(block.replaceAll(/^ {2}/gm, '')));
  }
}

/** GitHub shows ten of each kind, and obeys nothing from the stop on. */
function githubAnnotations(text: string): void {
  const lines = linesOf(text);
  const stop = lines.findIndex((line) => line.startsWith('::stop-commands::'));
  const token = lines[stop]?.replace('::stop-commands::', '') ?? '';
  expect(token).to.match(/^[\da-f]{32,}$/);
  expect(lines.at(-1)).to.equal(`::${token}::`);
  expect(lines.slice(stop + 1, -1).join('\n')).not.to.contain(token);
  const levels = lines.slice(0, stop).map((line) => {
    const match = /^::(error|warning|notice) title=([^:,\r\n]+)::(.+)$/.exec(line);
    expect(match, line).not.to.be.null;
    return match?.[1];
  });
  for (const level of ['error', 'warning', 'notice']) {
    expect(levels.filter((one) => one === level).length).to.be.at.most(10);
  }
}

function githubSummary(text: string): void {
  expect(Buffer.byteLength(text)).to.be.below(900 * 1024 + 1);
  markdown(text);
}

/** Outside of code and after escapes, there is no markup but that of the report itself. */
function markdown(text: string): void {
  shown.parse(text);
  const own = /<\/?(?:details|summary|code)>/g;
  const plain = text
    .replaceAll(/<code>[^<]*<\/code>/g, '')
    .replaceAll(/\\[\\`*_{}[\]<>#|~&!$^]/g, '')
    .replaceAll(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    .replaceAll(own, '')
    .replaceAll(/^(?:# |## |\| --- \| --- \|$)/gm, '');
  expect(plain).not.to.match(/[`<>*[\]~]|https?:\/\/|@\w/);
  const opened = (text.match(/^<details>/gm) ?? []).length;
  expect((text.match(/^<\/details>/gm) ?? []).length).to.equal(opened);
}

function linesOf(text: string): string[] {
  expect(text.endsWith('\n')).to.be.true;
  return text.slice(0, -1).split('\n');
}

/** The reader of each output; the worksheet of Moodle is tested with its template. */
export const READERS: Record<string, Reader> = {
  gradescope,
  prairielearn,
  classroom50: (text) => void CLASSROOM_50.parse(JSON.parse(text)),
  'github-classroom': githubClassroom,
  autolab,
  submitty: (text) => void SUBMITTY.parse(JSON.parse(text)),
  canvas,
  'moodle-gradebook': moodleGradebook,
  junit,
  ctrf,
  tap,
  'github-summary': githubSummary,
  'github-annotations': githubAnnotations,
  'runs-csv': runsCsv,
  markdown,
};
