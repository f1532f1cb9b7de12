/**
 * Symbolic links in a submission. One that leads to another part of it is followed, as compilers and
 * interpreters follow it. One that leads out is refused: neither the digest nor a copy covers what is there.
 *
 * The exception is an absolute link to a program of the machine: one that lies where those are, or the interpreter
 * of a virtual environment of Python, wherever that is installed. Such a link is part of the submission, and what it
 * leads to belongs to the machine, like a compiler.
 */

import { existsSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, relative, resolve } from 'node:path';
import { UnfitSubmission } from '../ground/errors.js';

const OF_THE_MACHINE = ['/usr', '/bin', '/lib', '/lib64', '/opt'];

/**
 * What a link has to say in a copy of the tree at `root`, so that it leads to the same part of the copy; `path` is
 * below `root`, through real folders. A link that leads nowhere stays as it is. Throws `UnfitSubmission` if the
 * link leads out of the tree.
 */
export async function linkText(root: string, path: string): Promise<string> {
  const text = await readlink(join(root, path));
  const top = await realpath(root);
  const folder = join(top, posix.dirname(path));
  const target = await targetOf(folder, text);
  if (isWithin(top, target)) {
    return isRelativeWithin(path, text) ? text : relative(folder, target) || '.';
  }
  if (isAbsolute(text) && (isOfTheMachine(top, target) || isInterpreter(root, path))) return text;
  throw new UnfitSubmission(`${join(root, path)} is a link that leads out of the submission`, {
    got: `a link to ${text}`,
    expected: 'only links to other files of the submission',
    hint: 'replace the link with the file itself',
  });
}

/** Where a link in a folder leads, one step far; links in the path to it are followed. */
async function targetOf(folder: string, text: string): Promise<string> {
  const named = isAbsolute(text) ? text : `${folder}/${text}`;
  try {
    const last = posix.basename(named);
    if (last === '..' || last === '.') return await realpath(named);
    return join(await realpath(posix.dirname(named)), last);
  } catch {
    // It leads nowhere, or in a circle.
    return resolve(named);
  }
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

/** Such as `python3.12`. */
const INTERPRETER = /^(?:python|pypy)[\d.]*t?$/;

/** Whether a link is the interpreter in the folder of programs of a virtual environment (PEP 405). */
function isInterpreter(root: string, path: string): boolean {
  const folder = posix.dirname(path);
  return (
    INTERPRETER.test(posix.basename(path)) &&
    posix.basename(folder) === 'bin' &&
    existsSync(join(root, posix.dirname(folder), 'pyvenv.cfg'))
  );
}

/** Whether a link means the same in a copy of the tree, wherever that is. */
function isRelativeWithin(path: string, text: string): boolean {
  return !isAbsolute(text) && !/^\.\.(\/|$)/.test(posix.join(posix.dirname(path), text));
}

/** A submission that is itself in such a place, as in `/opt/class`, has its neighbours there. */
function isOfTheMachine(top: string, target: string): boolean {
  return OF_THE_MACHINE.some((place) => isWithin(place, target) && !isWithin(place, top));
}
