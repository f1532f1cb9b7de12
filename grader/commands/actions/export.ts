/** `pblab export`: the results of a grading as files for course systems, build servers and spreadsheets. */

import { join } from 'node:path';
import { UsageError } from '../../../harness/index.js';
import { forgetFilled, keepFilled } from '../../grading/filled-files.js';
import { EXIT } from '../../ground/exit-code.js';
import { damageIn, describeJournalDamage } from '../../campaign/journal/damage.js';
import { JOURNAL_FILE } from '../../campaign/journal/journal.js';
import type { ImportOption, Output } from '../../views/outputs/output.js';
import { OUTPUTS } from '../../views/outputs/registry.js';
import { writeOutputs } from '../../views/outputs/write-outputs.js';
import { say } from '../../text/message.js';
import { writeFileAtomically, type Content } from '../../files/write-file-atomically.js';
import { displayPath } from './directory.js';
import { filesOf, placeholderOf, type Exported, type ExportedContent } from './exported-files.js';
import { reasonOf } from '../../ground/reason-of.js';

/** Stands for standard output. */
const PRINTED = '-';

export interface ExportOptions extends ExportedContent {
  format?: string[];
  list?: boolean;
  /** Folder for the files; without it, `outputs` in the directory of the grading. */
  out?: string;
  /** For the only file of the only format; `-` prints it. */
  file?: string;
  /** Without a grading: the placeholder for its results. */
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
      expected: `--format with one of ${OUTPUTS.map(({ name }) => name).join(', ')}`,
      hint: '`pblab export --list` describes the formats',
    });
  }
  assertTaken(outputs, options);
  const code = options.placeholder === true ? EXIT.passed : tellOfDamage(existing(directory));
  const files =
    options.placeholder === true
      ? outputs.map(placeholderOf)
      : filesOf(existing(directory), outputs, options);
  for (const note of new Set(files.flatMap(({ notes = [] }) => notes))) say(`note: ${note}`);
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

/** Records the file, so that a later command can say when its points are out of date. */
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
    const why = reasonOf(error);
    say(`note: no later command will warn when the points in this file are out of date: ${why}`);
  }
}

/** An option that changes nothing would be taken for one that has done something. */
function assertTaken(outputs: readonly Output[], options: ExportOptions): void {
  for (const [option, flag] of IMPORT_OPTIONS) {
    const takes = (one: Output) => one.takes?.includes(option) === true;
    if (options[option] === undefined || outputs.some(takes)) continue;
    throw new UsageError(`${flag} has no effect on these formats`, {
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

/** Whether an output goes to standard output: it is the output of a job, one text, and no place is named. */
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
  throw new UsageError('there is no grading to export', {
    expected: 'a directory written by `pblab grade --out DIR`',
  });
}

function findOutput(name: string): Output {
  const output = OUTPUTS.find((one) => one.name === name);
  if (output !== undefined) return output;
  throw new UsageError('no such format', {
    got: `"${name}"`,
    expected: OUTPUTS.map((one) => one.name).join(', '),
  });
}

async function putOne(files: readonly Exported[], place: string): Promise<void> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    throw new UsageError('--file takes exactly one output', {
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
