/** `pblab export`: the results of a grading as files for course systems, build servers and spreadsheets. */

import { join } from 'node:path';
import { readRegularFile, UsageError, type RunRecord } from '../../harness/index.js';
import { countedRecords, lastAttempts } from '../campaign/counted-records.js';
import { forgetFilled, keepFilled } from '../grading/filled-files.js';
import { EXIT } from '../ground/exit-code.js';
import { damageIn, describeJournalDamage } from '../campaign/journal/damage.js';
import { JOURNAL_FILE, readRecords } from '../campaign/journal/journal.js';
import {
  TEMPLATE_ROLES,
  type ImportOption,
  type Output,
  type OutputContext,
  type OutputFile,
} from '../views/outputs/output.js';
import { OUTPUTS } from '../views/outputs/registry.js';
import { writeOutputs, type FileToWrite } from '../views/outputs/write-outputs.js';
import { readPlan } from '../plan/plan-file.js';
import { redactFor } from '../results/redaction.js';
import { readResults } from '../results/results-file.js';
import type { Results, SubmissionResults } from '../results/results.js';
import { sanitizeLine } from '../text/sanitize.js';
import { parseAskedColumns } from '../files/tables/asked-columns.js';
import { decodeText, encodeText, type DecodedText } from '../files/tables/encoding.js';
import { writeFileAtomically, type Content } from '../files/write-file-atomically.js';
import { displayPath } from './grade.js';

const NOTE_LENGTH = 2000;

/** Stands for standard output. */
const PRINTED = '-';

export interface ExportOptions {
  format?: string[];
  list?: boolean;
  /** Folder for the files; without it, `outputs` in the directory of the grading. */
  out?: string;
  /** For the only file of the only format; `-` prints it. */
  file?: string;
  template?: string;
  column?: string;
  /** Which column of the template is which, as on the command line. */
  templateColumns?: string;
  decimal?: 'comma' | 'point';
  /** Maximum that all points are scaled to. */
  scaleTo?: number;
  /** Only this submission, as its student may see it. */
  student?: string;
  /** Without a grading: what stands for its results until there are any. */
  placeholder?: boolean;
}

/** A file as it is to be written, and the output that it is of. */
interface Exported extends FileToWrite {
  output: string;
  notes?: string[];
  filled?: Readonly<Record<string, number>>;
}

/** Exports; resolves to the exit code. */
export async function exportResults(
  directory: string | undefined,
  options: ExportOptions,
): Promise<number> {
  if (options.list === true) return print(listText());
  const outputs = (options.format ?? []).map(findOutput);
  if (outputs.length === 0) {
    throw new UsageError('nothing to export', {
      expected: `--format with ${OUTPUTS.map(({ name }) => name).join(', ')}`,
      hint: 'pblab export --list tells what they are',
    });
  }
  assertTaken(outputs, options);
  const code = options.placeholder === true ? EXIT.passed : tellOfDamage(existing(directory));
  const files =
    options.placeholder === true
      ? outputs.map(placeholderOf)
      : filesOf(existing(directory), outputs, options);
  for (const note of new Set(files.flatMap(({ notes = [] }) => notes))) {
    tell(note);
  }
  const file = options.file ?? (isPrinted(outputs, files, options) ? PRINTED : undefined);
  const folder = options.out ?? (file === undefined ? join(existing(directory), 'outputs') : '');
  if (file === undefined) await putAll(folder, files);
  else await putOne(files, file);
  for (const one of files) {
    const path = file === PRINTED ? undefined : (file ?? join(folder, one.path));
    if (directory !== undefined) await keepThatFilled(directory, one, path, options);
  }
  return code;
}

function tell(note: string): void {
  process.stderr.write(`note: ${sanitizeLine(note, NOTE_LENGTH)}\n`);
}

async function putAll(folder: string, files: readonly Exported[]): Promise<void> {
  const paths = await writeOutputs(folder, files);
  print(paths.map((path) => `${displayPath(path)}\n`).join(''));
}

/** Says before anything is written that lines of the journal cannot be read; the exit code that follows from it. */
function tellOfDamage(directory: string): number {
  const damage = damageIn(join(directory, JOURNAL_FILE));
  if (damage === undefined) return EXIT.passed;
  for (const sentence of describeJournalDamage(damage)) process.stderr.write(`${sentence}\n`);
  return EXIT.unknown;
}

/** So that a later command can say when its points are old. */
async function keepThatFilled(
  directory: string,
  { output, filled }: Exported,
  path: string | undefined,
  { scaleTo }: ExportOptions,
): Promise<void> {
  try {
    if (filled === undefined) {
      if (path !== undefined) await forgetFilled(directory, path);
      return;
    }
    await keepFilled(directory, {
      output,
      at: new Date().toISOString(),
      points: { ...filled },
      ...(path === undefined ? {} : { path }),
      ...(scaleTo === undefined ? {} : { scaleTo }),
    });
  } catch (error) {
    // The directory of an old grading is often kept where nothing can be written; the file itself is there.
    const why = error instanceof Error ? error.message : String(error);
    tell(`no later command will say when this file has old points: ${why}`);
  }
}

/** An option that changes nothing would be taken for one that has done something. */
function assertTaken(outputs: readonly Output[], options: ExportOptions): void {
  for (const [option, flag] of IMPORT_OPTIONS) {
    const takes = (one: Output) => one.takes?.includes(option) === true;
    if (options[option] === undefined || outputs.some(takes)) continue;
    throw new UsageError(`${flag} changes nothing here`, {
      got: `--format ${outputs.map(({ name }) => name).join(' ')}`,
      expected: `one of ${OUTPUTS.filter(takes)
        .map(({ name }) => name)
        .join(', ')}`,
    });
  }
}

const IMPORT_OPTIONS = [
  ['template', '--template'],
  ['column', '--column'],
  ['templateColumns', '--template-columns'],
  ['decimal', '--decimal'],
  ['scaleTo', '--scale-to'],
] as const satisfies readonly (readonly [ImportOption, string])[];

/** What a job prints goes to standard output, if it is one text and no place is named. */
function isPrinted(
  [output, ...others]: readonly Output[],
  files: readonly Exported[],
  { out }: ExportOptions,
): boolean {
  const isOne = others.length === 0 && files.length === 1;
  return output?.isPrinted === true && isOne && out === undefined;
}

function existing(directory: string | undefined): string {
  if (directory !== undefined) return directory;
  throw new UsageError('there is no directory to export from', {
    expected: 'one written by `pblab grade --out DIR`',
  });
}

function findOutput(name: string): Output {
  const output = OUTPUTS.find((one) => one.name === name);
  if (output !== undefined) return output;
  throw new UsageError('there is no such format', {
    got: `"${name}"`,
    expected: OUTPUTS.map((one) => one.name).join(', '),
  });
}

function placeholderOf({ name, placeholder }: Output): Exported {
  if (placeholder !== undefined) return { output: name, path: `${name}.json`, text: placeholder };
  throw new UsageError(`${name} needs no placeholder`, {
    expected: OUTPUTS.flatMap((one) => (one.placeholder === undefined ? [] : [one.name])).join(
      ', ',
    ),
  });
}

function filesOf(
  directory: string,
  outputs: readonly Output[],
  options: ExportOptions,
): Exported[] {
  const results = chosen(readResults(directory), options.student);
  const { column, scaleTo, templateColumns, decimal } = options;
  const template = options.template === undefined ? undefined : readTemplate(options.template);
  const context: OutputContext = {
    results,
    records: () => recordsOf(directory, results),
    ...(template === undefined ? {} : { template: template.text }),
    ...(column === undefined ? {} : { column }),
    ...(scaleTo === undefined ? {} : { scaleTo }),
    ...(decimal === undefined ? {} : { decimal: decimal === 'comma' ? ',' : '.' }),
    ...(templateColumns === undefined
      ? {}
      : {
          templateColumns: parseAskedColumns(templateColumns, TEMPLATE_ROLES, '--template-columns'),
        }),
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
  const note = `the template is in ${template.encoding}, which does not have ${lost.join(' ')}: ? stands for it`;
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
    throw new UsageError('several submissions belong to students who are called that', {
      got: `"${student}"`,
      expected: [found, ...others].map(({ name }) => name).join(' or '),
    });
  }
  throw new UsageError('there is no such submission', {
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

async function putOne(files: readonly Exported[], place: string): Promise<void> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    throw new UsageError('one file or standard output can hold one file', {
      got: `${files.length} files`,
      hint: 'choose one format, and one submission with --student NAME, or a folder with --out DIR',
    });
  }
  if (place === PRINTED) print(file.text);
  else await writeFileAtomically(place, file.text);
}

function print(text: Content): number {
  const isWhole = typeof text === 'string' || text instanceof Uint8Array;
  for (const piece of isWhole ? [text] : text) process.stdout.write(piece);
  return EXIT.passed;
}

function listText(): string {
  const longest = Math.max(...OUTPUTS.map(({ name }) => name.length));
  return OUTPUTS.map(({ name, title, audience, needsRubric = false }) => {
    const points = needsRubric ? '; needs points' : '';
    return `  ${name.padEnd(longest)}  ${title} (for ${AUDIENCES[audience]}${points})\n`;
  }).join('');
}

const AUDIENCES = {
  student: 'students',
  staff: 'staff',
  automation: 'build servers',
} as const satisfies Record<Output['audience'], string>;
