/** `pblab export`: the results of a grading as files for course systems, build servers and spreadsheets. */

import { join } from 'node:path';
import { TextDecoder } from 'node:util';
import {
  readRegularFile,
  UnreadableFile,
  UsageError,
  type RunRecord,
} from '../../harness/index.js';
import { countedRecords, lastAttempts } from '../class/counted-records.js';
import { EXIT } from '../errors.js';
import { damageIn, describeJournalDamage } from '../journal/damage.js';
import { JOURNAL_FILE, readRecords } from '../journal/journal.js';
import type { Output, OutputContext, OutputFile } from '../outputs/output.js';
import { OUTPUTS } from '../outputs/registry.js';
import { writeOutputs } from '../outputs/write-outputs.js';
import { readPlan } from '../plan-file.js';
import { redactFor } from '../redaction.js';
import { readResults } from '../results-file.js';
import type { Results } from '../results.js';
import { sanitizeLine } from '../sanitize.js';
import { writeFileAtomically } from '../write-file-atomically.js';
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
  /** Only this submission, as its student may see it. */
  student?: string;
  /** Without a grading: what stands for its results until there are any. */
  placeholder?: boolean;
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
  const code = options.placeholder === true ? EXIT.passed : tellOfDamage(existing(directory));
  const files =
    options.placeholder === true
      ? outputs.map(placeholderOf)
      : filesOf(existing(directory), outputs, options);
  for (const note of new Set(files.flatMap(({ notes = [] }) => notes))) {
    process.stderr.write(`note: ${sanitizeLine(note, NOTE_LENGTH)}\n`);
  }
  const file = options.file ?? (isPrinted(outputs, files, options) ? PRINTED : undefined);
  if (file !== undefined) {
    await putOne(files, file);
    return code;
  }
  const folder = options.out ?? join(existing(directory), 'outputs');
  const paths = await writeOutputs(folder, files);
  print(paths.map((path) => `${displayPath(path)}\n`).join(''));
  return code;
}

/** Says before anything is written that lines of the journal cannot be read; the exit code that follows from it. */
function tellOfDamage(directory: string): number {
  const damage = damageIn(join(directory, JOURNAL_FILE));
  if (damage === undefined) return EXIT.passed;
  for (const sentence of describeJournalDamage(damage)) process.stderr.write(`${sentence}\n`);
  return EXIT.unknown;
}

/** What a job prints goes to standard output, if it is one text and no place is named. */
function isPrinted(
  [output, ...others]: readonly Output[],
  files: readonly OutputFile[],
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

function placeholderOf({ name, placeholder }: Output): OutputFile {
  if (placeholder !== undefined) return { path: `${name}.json`, text: placeholder };
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
): OutputFile[] {
  const results = chosen(readResults(directory), options.student);
  const { column, template } = options;
  const context: OutputContext = {
    results,
    records: () => recordsOf(directory, results),
    ...(template === undefined ? {} : { template: readTemplate(template) }),
    ...(column === undefined ? {} : { column }),
    environment: process.env,
  };
  return outputs.flatMap((output) => output.files(context));
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
  const found = submissions.find((one) => one.name === student || one.student?.id === student);
  if (found !== undefined) return redactFor(results, found.name);
  throw new UsageError('there is no such submission', {
    got: `"${student}"`,
    expected: submissions.map(({ name }) => name).join(', '),
  });
}

/** Every byte of it must be known, or it could not be kept. */
function readTemplate(file: string): string {
  try {
    const bytes = readRegularFile(file, { links: 'followed' });
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read`, {
      ...(cause instanceof UnreadableFile ? { got: cause.got } : {}),
      expected: 'a text file in UTF-8, as the course system has exported it',
      cause,
    });
  }
}

async function putOne(files: readonly OutputFile[], place: string): Promise<void> {
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

function print(text: string | Iterable<string>): number {
  for (const piece of typeof text === 'string' ? [text] : text) process.stdout.write(piece);
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
