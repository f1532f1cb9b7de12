/** Whether a boxed program could be started: whether the box shows it and all that its start leads to. */

import { readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { findProgram, isProgram } from '../ground/program-file.js';
import { UnreadableFile } from '../ground/read-regular-file.js';
import { firstLine, interpreterName, shebangWords, startsByEnv } from '../ground/shebang.js';
import { installationOf, isWithin, realPath } from './program-installation.js';
import type { VisiblePath } from './visible-paths.js';

/** Linux gives up after so many links, and after so many interpreters of interpreters. */
const MOST_LINKS = 40;
const MOST_INTERPRETERS = 4;

/** What a box does not show of a program. */
export interface Missing {
  /** The file that is missing in the box: the program, what a link leads to, or an interpreter. */
  path: string;
  /** What staff would have to allow: its installation, else its folder, else the file. */
  allow: string[];
}

/** Where a program would be looked for in a box. */
export interface Inside {
  /** All that the box shows, the build included. */
  paths: readonly VisiblePath[];
  /** The home of the user who runs the kit; absolute. */
  home: string;
  /** The value of PATH in the box. */
  path: string;
}

/**
 * The first thing that a box does not show of an executable file with this absolute path: itself, a link on the way,
 * the interpreter that its first line names, or what `env` finds for that line. Undefined if the box shows all, or if
 * something is missing on this machine too.
 */
export function missingFromBox(program: string, inside: Inside): Missing | undefined {
  let wanted: string | undefined = program;
  for (let depth = 0; wanted !== undefined && depth <= MOST_INTERPRETERS; depth++) {
    const seen = look(wanted, inside.paths);
    if ('missing' in seen) {
      return isProgram(seen.missing) ? advise(seen.missing, inside) : undefined;
    }
    if (!isProgram(seen.file)) return undefined;
    const shebang = shebangWords(readableLine(seen.file));
    const [interpreter = ''] = shebang;
    wanted = isAbsolute(interpreter) ? interpreter : undefined;
    if (wanted === undefined || !startsByEnv(shebang)) continue;
    const env = look(wanted, inside.paths);
    if ('missing' in env) continue;
    const name = interpreterName(shebang);
    wanted = name === '' ? undefined : findProgram(name, inside.path);
  }
  return undefined;
}

/** The file that a path in the box leads to, or the path at which the box shows nothing. */
function look(path: string, paths: readonly VisiblePath[]): { file: string } | { missing: string } {
  let wanted = path;
  for (let links = 0; links < MOST_LINKS; links++) {
    const shown = paths.find(({ target }) => isWithin(target, wanted));
    if (shown === undefined) return { missing: wanted };
    const next = throughLink(wanted, shown);
    if (next === undefined) return { file: join(shown.source, wanted.slice(shown.target.length)) };
    wanted = next;
  }
  return { missing: wanted };
}

/** Where a path leads by the first link in it, as the box shows it; undefined if there is none. */
function throughLink(path: string, { source, target }: VisiblePath): string | undefined {
  const names = path
    .slice(target.length)
    .split('/')
    .filter((name) => name !== '');
  for (let count = 1; count <= names.length; count++) {
    const text = linkText(join(source, ...names.slice(0, count)));
    if (text === undefined) continue;
    const folder = join(target, ...names.slice(0, count - 1));
    return resolve(folder, text, ...names.slice(count));
  }
  return undefined;
}

/** The first line of a program; empty for one that may be executed but not read, which is not a script. */
function readableLine(path: string): string {
  try {
    return firstLine(path);
  } catch (error) {
    if (error instanceof UnreadableFile) return '';
    throw error;
  }
}

/** The text of a link; undefined for anything else. */
function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Where a folder is too wide to be shown, only the file is left. */
function advise(path: string, { home }: Inside): Missing {
  const installation = installationOf(dirname(path), home);
  const leads = installation.map(realPath);
  // A link is allowed together with what it leads to.
  const allow = installation.filter(
    (_, at) => leads[at] !== undefined && leads.indexOf(leads[at]) === at,
  );
  return { path, allow: allow.length === 0 ? [path] : allow };
}
