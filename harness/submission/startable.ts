/**
 * Whether the programs of a built submission can be started. It is found out once, before any run: what the
 * kernel says of a file that cannot be executed names neither the mistake nor what to do.
 */

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { basename, delimiter, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { cacheDirectory, type BuildResult } from './build.js';
import { commandWords } from './command.js';
import type { Manifest } from './manifest.js';

/** What starts a script, by the end of its name; where it is empty, a script is named so all the same. */
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

/** Linux reads no more of a file to find its interpreter (execve(2)). */
const SHEBANG_BYTES = 255;

/** A build as it is, or a failed one that says why a program in it cannot be started. */
export function refuseUnstartable(built: BuildResult, { run, build }: Manifest): BuildResult {
  if (!built.built) return built;
  const root = built.directory;
  const missing = `is not in the submission${build === undefined ? '' : ' after the build'}`;
  for (const [role, command] of Object.entries(run)) {
    const words = commandWords(command ?? '', root, {});
    const problem = problemOf(words, { root, role: `run.${role}`, missing });
    if (problem === undefined) continue;
    return { built: false, reason: `it cannot be started: ${problem}`, output: '' };
  }
  return built;
}

interface Where {
  root: string;
  /** The key of the command in the manifest. */
  role: string;
  /** What is said of a file that is not there. */
  missing: string;
}

function problemOf([program = '', ...rest]: readonly string[], where: Where): string | undefined {
  const { root, role, missing } = where;
  // What a placeholder stands for differs from process to process.
  if (program === '' || program.includes('{')) return undefined;
  if (program.includes('/')) {
    const path = resolve(root, program);
    if (!existsSync(path)) return problemOfMissing(program, where);
    if (isInside(path, root)) return problemOfFile(path, root);
  } else if (!isOnPath(program)) {
    return `${role} starts ${program}, which ${missing} and not on the PATH of this machine`;
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
  const shebang = line.startsWith('#!') ? line.slice(2).trim().split(/\s+/) : [];
  if (!isProgram(path)) {
    const interpreter = shebang.length > 0 ? nameOf(shebang) : INTERPRETERS[extname(path)];
    const instead = interpreter
      ? ` or start it with its interpreter, as in \`${interpreter} ${file}\``
      : '';
    return `${file} is not executable: run \`chmod +x ${file}\`${instead}`;
  }
  if (shebang.length === 0) return undefined;
  if (line.endsWith('\r')) {
    return `the first line of ${file} ends in a carriage return, as lines of Windows do: save it with the line ends of Unix, as \`sed -i 's/\\r$//' ${file}\` does`;
  }
  return problemOfInterpreter(shebang, file);
}

function problemOfInterpreter(shebang: readonly string[], file: string): string | undefined {
  const [interpreter = ''] = shebang;
  const line = `the first line of ${file} names`;
  if (interpreter.startsWith(`${cacheDirectory()}/`)) {
    return `${line} the folder of the build, which is moved after the build: start ${file} with its interpreter`;
  }
  if (!isAbsolute(interpreter) || !isProgram(interpreter)) {
    return `${line} ${interpreter}, which is not a program on this machine`;
  }
  const name = nameOf(shebang);
  if (basename(interpreter) !== 'env' || name === '' || isOnPath(name)) return undefined;
  return `${line} ${name}, which is not on the PATH of this machine`;
}

/** The beginning of a file up to the end of its first line, as far as the kernel reads it. */
function firstLine(path: string): string {
  const beginning = Buffer.alloc(SHEBANG_BYTES);
  const file = openSync(path, 'r');
  const bytes = readSync(file, beginning);
  closeSync(file);
  return beginning.toString('utf8', 0, bytes).split('\n', 1)[0] ?? '';
}

/** The interpreter that the words of a first line name, themselves or through `env`. */
function nameOf([interpreter = '', ...rest]: readonly string[]): string {
  if (basename(interpreter) !== 'env') return basename(interpreter);
  return rest.find((word) => !word.startsWith('-') && !word.includes('=')) ?? '';
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
