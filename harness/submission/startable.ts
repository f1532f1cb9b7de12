/**
 * Whether the programs of a built submission can be started. This is checked once, before any run: the
 * error of the kernel for such a file names neither the mistake nor the remedy.
 */

import { existsSync, statSync } from 'node:fs';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';
import { cacheDirectory } from '../ground/cache-directory.js';
import type { BuildResult } from './build/build.js';
import { commandWords } from './command-words.js';
import { nearest } from '../ground/known-names.js';
import { findProgram, isProgram } from '../ground/program-file.js';
import { firstLine, interpreterName, shebangWords, startsByEnv } from '../ground/shebang.js';
import { shellWord } from '../ground/shell-word.js';
import type { Manifest } from './manifest.js';
import { nearFile } from './near-file.js';

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

/** Programs that start submissions, for one who has misspelt the name. */
const USUAL_PROGRAMS = [
  ...new Set(Object.values(INTERPRETERS).filter((name) => name !== '')),
  'bash',
  'bun',
  'deno',
  'dotnet',
  'go',
  'java',
  'python',
  'tsx',
];

/** The name of a file, and neither an option nor a list of names nor a script in itself. */
const FILE_NAME = /^(?!-)[\w./-]+$/;

const BYTE_ORDER_MARK = '\uFEFF';

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
    throw lacking(`${role} starts ${program}, which ${missing}`, program);
  }
  const script = rest.find((word) => FILE_NAME.test(word) && extname(word) in INTERPRETERS);
  // One that is there has become an absolute path.
  if (script === undefined || (isAbsolute(script) && existsSync(script))) return undefined;
  return problemOfMissing(script, where);
}

function problemOfMissing(path: string, { root, role, missing }: Where): string {
  const isElsewhere = isAbsolute(path) && !isInside(path, root);
  const file = isInside(path, root) ? relative(root, path) : path;
  if (isElsewhere) return `${role} names ${file}, which is not on this machine`;
  const near = nearFile(file, root);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return `${role} names ${file}, which ${missing}${hint}`;
}

/** Why a file of the submission cannot be executed. */
function problemOfFile(path: string, root: string): string | undefined {
  const file = relative(root, path);
  if (!statSync(path).isFile()) return `${file} is not a file that can be executed`;
  const line = firstLine(path);
  if (line.startsWith(`${BYTE_ORDER_MARK}#!`)) {
    return `the first line of ${file} begins with a byte order mark: save it as UTF-8 without one`;
  }
  const shebang = shebangWords(line);
  if (!isProgram(path)) {
    const interpreter = shebang.length > 0 ? interpreterName(shebang) : INTERPRETERS[extname(path)];
    const instead = interpreter
      ? ` or start it with its interpreter, as in \`${interpreter} ${shellWord(file)}\``
      : '';
    return `${file} is not executable: run \`chmod +x ${shellWord(file)}\`${instead}`;
  }
  if (shebang.length === 0) return undefined;
  // Behind an option of its own some interpreters put up with it.
  if (line.endsWith('\r') && (shebang.length === 1 || startsByEnv(shebang))) {
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
  const name = interpreterName(shebang);
  const isSaid = startsByEnv(shebang) && /^[\w.-]+$/.test(name);
  if (!isSaid || isOnPath(name)) return undefined;
  throw lacking(`${line} ${name}`, name);
}

/** `program` is the name that was looked for, if it was one on the PATH. */
function lacking(got: string, program = ''): UnfitSubmission {
  const near = nearest(program, USUAL_PROGRAMS.filter(isOnPath));
  return new UnfitSubmission('a program that the submission needs is not on this machine', {
    got,
    expected: 'a program on the PATH of this machine',
    hint: near === undefined ? 'install it, or correct the name' : `did you mean ${near}?`,
  });
}

function isInside(path: string, root: string): boolean {
  return path.startsWith(`${root}/`);
}

/** The PATH is passed on to the programs of a submission as it is. */
function isOnPath(name: string): boolean {
  return findProgram(name, process.env['PATH'] ?? '') !== undefined;
}
