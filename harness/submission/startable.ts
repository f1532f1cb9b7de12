/**
 * Whether the programs of a built submission can be started. This is checked once, before any run: the
 * error of the kernel for such a file names neither the mistake nor the remedy.
 */

import { accessSync, closeSync, constants, existsSync, readSync, statSync } from 'node:fs';
import { basename, delimiter, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';
import { openRegularFileSync } from '../ground/read-regular-file.js';
import { cacheDirectory, type BuildResult } from './build.js';
import { commandWords } from './command-words.js';
import { shellWord } from '../ground/shell-word.js';
import type { Manifest } from './manifest.js';

/** The program that starts a script, by the end of its name; empty if scripts have this ending but no program. */
const INTERPRETERS: Readonly<Record<string, string>> = {
  '.cjs': 'node',
  '.js': 'node',
  '.lua': 'lua',
  '.mjs': 'node',
  '.php': 'php',
  '.pl': 'perl',
  '.py': 'python3',
  '.rb': 'ruby',
  '.sh': 'sh',
  '.ts': '',
};

/** The name of a file, and neither an option nor a list of names nor a script in itself. */
const FILE_NAME = /^(?!-)[\w./-]+$/;

const BYTE_ORDER_MARK = '\uFEFF';

/** Linux reads at most this much of a file to find its interpreter (execve(2)). */
const SHEBANG_BYTES = 255;

/**
 * A build as it is, or a failed one that says why a program in it cannot be started. Throws `UnfitSubmission` for a
 * program that only this machine may lack: that is a matter for staff.
 */
export function refuseUnstartable(built: BuildResult, { run, build }: Manifest): BuildResult {
  if (!built.built) return built;
  const root = built.directory;
  const missing = `is not in the submission${build === undefined ? '' : ' after the build'}`;
  for (const [role, command] of Object.entries(run)) {
    const words = commandWords(command ?? '', root, {});
    const problem = problemOf(words, { root, role: `run.${role}`, missing });
    if (problem === undefined) continue;
    const reason = `the submission cannot be started: ${problem}`;
    return { built: false, reason, output: '', unstartable: true };
  }
  return built;
}

interface Where {
  root: string;
  /** The key of the command in the manifest. */
  role: string;
  /** The sentence about a missing file. */
  missing: string;
}

function problemOf([program = '', ...rest]: readonly string[], where: Where): string | undefined {
  const { root, role, missing } = where;
  // The value of a placeholder differs from process to process.
  if (program === '' || program.includes('{')) return undefined;
  if (program.includes('/')) {
    const path = resolve(root, program);
    if (!existsSync(path)) return problemOfMissing(program, where);
    if (isInside(path, root)) return problemOfFile(path, root);
  } else if (!isOnPath(program)) {
    throw lacking(`${role} starts ${program}, which ${missing}`);
  }
  const script = rest.find((word) => FILE_NAME.test(word) && extname(word) in INTERPRETERS);
  // One that is there has become an absolute path.
  if (script === undefined || (isAbsolute(script) && existsSync(script))) return undefined;
  return problemOfMissing(script, where);
}

function problemOfMissing(path: string, { root, role, missing }: Where): string {
  const isElsewhere = isAbsolute(path) && !isInside(path, root);
  const file = isInside(path, root) ? relative(root, path) : path;
  return `${role} names ${file}, which ${isElsewhere ? 'is not on this machine' : missing}`;
}

/** Why a file of the submission cannot be executed. */
function problemOfFile(path: string, root: string): string | undefined {
  const file = relative(root, path);
  if (!statSync(path).isFile()) return `${file} is not a file that can be executed`;
  const line = firstLine(path);
  if (line.startsWith(`${BYTE_ORDER_MARK}#!`)) {
    return `the first line of ${file} begins with a byte order mark: save it as UTF-8 without one`;
  }
  const shebang = line.startsWith('#!') ? wordsOf(line.slice(2)) : [];
  if (!isProgram(path)) {
    const interpreter = shebang.length > 0 ? nameOf(shebang) : INTERPRETERS[extname(path)];
    const instead = interpreter
      ? ` or start it with its interpreter, as in \`${interpreter} ${shellWord(file)}\``
      : '';
    return `${file} is not executable: run \`chmod +x ${shellWord(file)}\`${instead}`;
  }
  if (shebang.length === 0) return undefined;
  // Behind an option of its own some interpreters put up with it.
  if (line.endsWith('\r') && (shebang.length === 1 || isEnv(shebang))) {
    return `the first line of ${file} ends in a Windows line ending (CRLF): convert the file, as with \`sed -i 's/\\r$//' ${shellWord(file)}\``;
  }
  return problemOfInterpreter(shebang, file);
}

function problemOfInterpreter(shebang: readonly string[], file: string): string | undefined {
  const [interpreter = ''] = shebang;
  const line = `the first line of ${file} names`;
  if (interpreter.startsWith(`${cacheDirectory()}/`)) {
    return `${line} the folder of the build, which no longer exists when programs are started: start ${file} with its interpreter`;
  }
  if (!isAbsolute(interpreter) || !isProgram(interpreter)) {
    throw lacking(`${line} ${interpreter}, which is not a program on this machine`);
  }
  const name = nameOf(shebang);
  const isSaid = isEnv(shebang) && /^[\w.-]+$/.test(name);
  if (!isSaid || isOnPath(name)) return undefined;
  throw lacking(`${line} ${name}`);
}

function lacking(got: string): UnfitSubmission {
  return new UnfitSubmission('a program that the submission needs is not on this machine', {
    got,
    expected: 'a program on the PATH of this machine',
    hint: 'install it, or correct the name',
  });
}

/** The beginning of a file up to the end of its first line, as far as the kernel reads it. */
function firstLine(path: string): string {
  const beginning = Buffer.alloc(SHEBANG_BYTES);
  // Like the kernel, this follows links.
  const file = openRegularFileSync(path, { links: 'followed' });
  try {
    const bytes = readSync(file, beginning);
    return beginning.toString('utf8', 0, bytes).split('\n', 1)[0] ?? '';
  } finally {
    closeSync(file);
  }
}

/** Splits words like the kernel: at blanks and tabs and at no other white space. A Windows line ending is left out. */
function wordsOf(line: string): string[] {
  const words = line
    .replace(/\r$/, '')
    .split(/[ \t]+/)
    .filter((word) => word !== '');
  return words.length === 0 ? [''] : words;
}

/** The interpreter that the words of a first line name, themselves or through `env`. */
function nameOf(shebang: readonly string[]): string {
  const [interpreter = '', first = '', second = ''] = shebang;
  if (!isEnv(shebang)) return basename(interpreter);
  // Each of its other options takes another argument.
  const name = first === '-S' ? second : first;
  return name.startsWith('-') || name.includes('=') ? '' : name;
}

function isEnv([interpreter = '']: readonly string[]): boolean {
  return basename(interpreter) === 'env';
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(`${root}/`);
}

/** The PATH is passed on to the programs of a submission as it is. */
function isOnPath(name: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => isProgram(join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
