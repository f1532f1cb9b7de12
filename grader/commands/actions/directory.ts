/** The directory that a command writes into, and the messages about it. */

import { join, relative, resolve } from 'node:path';
import { invocation, shellWord } from '../../../harness/index.js';

/** The directory asked for, or a new one named by the time. */
export function outDirectory(asked: string | undefined): string {
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return resolve(asked ?? join('pblab-out', `${time}-${process.pid}`));
}

/** A path as a person would type it from here. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

/** A command for a directory, such as `pblab resume out/`. */
export function commandFor(command: string, directory: string): string {
  return `${invocation()} ${command} ${shellWord(displayPath(directory))}`;
}
