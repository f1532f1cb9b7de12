/** The content of exported files, from the results of a grading and the caller's options for a template. */

import { join } from 'node:path';
import { readRegularFile, UsageError, type RunRecord } from '../../../harness/index.js';
import { countedRecords, lastAttempts } from '../../campaign/counted-records.js';
import { onlyShard } from '../../grading/only-shard.js';
import { JOURNAL_FILE, readRecords } from '../../campaign/journal/journal.js';
import {
  TEMPLATE_ROLES,
  type Output,
  type OutputContext,
  type OutputFile,
} from '../../views/outputs/output.js';
import { OUTPUTS } from '../../views/outputs/registry.js';
import type { FileToWrite } from '../../views/outputs/write-outputs.js';
import { readPlan } from '../../plan/plan-file.js';
import { redactFor } from '../../results/redaction.js';
import { readResults } from '../../results/results-file.js';
import type { Results, SubmissionResults } from '../../results/results.js';
import { parseAskedColumns } from '../../files/tables/asked-columns.js';
import { decodeText, encodeText, type DecodedText } from '../../files/tables/encoding.js';

/** As on the command line: what is exported, and how a template is filled in. */
export interface ExportedContent {
  template?: string;
  column?: string;
  /** Which column of the template is which, as on the command line. */
  templateColumns?: string;
  decimal?: keyof typeof DECIMAL_MARKS;
  /** Maximum that all points are scaled to. */
  scaleTo?: number;
  /** Only this submission, as its student may see it. */
  student?: string;
}

/** A file to write, and its output. */
export interface Exported extends FileToWrite {
  output: string;
  notes?: string[];
  filled?: Readonly<Record<string, number>>;
}

/** The placeholder of a format until there are results. */
export function placeholderOf({ name, placeholder }: Output): Exported {
  if (placeholder !== undefined) return { output: name, path: `${name}.json`, text: placeholder };
  throw new UsageError(`${name} has no placeholder`, {
    expected: OUTPUTS.flatMap((one) => (one.placeholder === undefined ? [] : [one.name])).join(
      ', ',
    ),
  });
}

const DECIMAL_MARKS = { comma: ',', point: '.' } as const;

/** The files of these outputs from the grading of a directory. */
export function filesOf(
  directory: string,
  outputs: readonly Output[],
  options: ExportedContent,
): Exported[] {
  const all = readResults(directory);
  if (all.shard !== undefined) throw onlyShard(directory, all.shard);
  const results = chosen(all, options.student);
  const { column, scaleTo, templateColumns: asked, decimal } = options;
  const template = options.template === undefined ? undefined : readTemplate(options.template);
  const context: OutputContext = {
    results,
    records: () => recordsOf(directory, results),
    template: template?.text,
    column,
    scaleTo,
    decimal: decimal && DECIMAL_MARKS[decimal],
    templateColumns:
      asked === undefined
        ? undefined
        : parseAskedColumns(asked, TEMPLATE_ROLES, '--template-columns'),
    environment: process.env,
  };
  return outputs.flatMap((output) =>
    output.files(context).map((file) => exported(output, file, template)),
  );
}

/** A file that was filled in is in the encoding of its template. */
function exported({ name }: Output, file: OutputFile, template: DecodedText | undefined): Exported {
  const one = { output: name, ...file };
  if (file.filled === undefined || template === undefined || typeof file.text !== 'string') {
    return one;
  }
  const { bytes, lost } = encodeText(file.text, template.encoding);
  const note = `the encoding of the template, ${template.encoding}, does not have ${lost.join(' ')}; these characters are written as ?`;
  return {
    ...one,
    text: bytes,
    notes: [...(file.notes ?? []), ...(lost.length > 0 ? [note] : [])],
  };
}

/** Those that are counted in these results, and so none of a scenario that was taken out of them; read when asked for. */
function* recordsOf(directory: string, results: Results): Generator<RunRecord> {
  const counted = new Set(
    results.submissions.flatMap(({ name, tallies }) =>
      tallies.map(({ scenario }) => cellOf(name, scenario)),
    ),
  );
  const journal = join(directory, JOURNAL_FILE);
  const last = lastAttempts(readRecords(journal));
  for (const record of countedRecords(readPlan(directory), journal, last)) {
    if (counted.has(cellOf(record.submission.name, record.scenario))) yield record;
  }
}

function cellOf(submission: string, scenario: string): string {
  return JSON.stringify([submission, scenario]);
}

function chosen(results: Results, student: string | undefined): Results {
  if (student === undefined) return results;
  const { submissions } = results;
  const named = submissions.find(({ name }) => name === student);
  const [found, ...others] = named === undefined ? submissions.filter(isOf(student)) : [named];
  if (found !== undefined && others.length === 0) return redactFor(results, found.name);
  if (found !== undefined) {
    throw new UsageError('several submissions match this student', {
      got: `"${student}"`,
      expected: [found, ...others].map(({ name }) => name).join(' or '),
    });
  }
  throw new UsageError('no such submission or student', {
    got: `"${student}"`,
    expected: submissions.map(({ name }) => name).join(', '),
  });
}

function isOf(asked: string): (submission: SubmissionResults) => boolean {
  return ({ students = [] }) =>
    students.some(({ id, name, email }) => [id, name, email].includes(asked));
}

/** Every byte of it must be known, or it could not be kept. */
function readTemplate(file: string): DecodedText {
  const decoded = decodeText(
    readRegularFile(file, { links: 'followed', called: 'the exported table' }),
  );
  if (decoded !== undefined) return decoded;
  throw new UsageError(`${file} is not a text file`, {
    expected: 'a table in UTF-8, UTF-16 or Windows-1252, as the course system has exported it',
  });
}
