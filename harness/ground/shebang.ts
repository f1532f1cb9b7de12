/** The first line of a script, which names the program that runs it, read as Linux reads it. */

import { closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { openRegularFileSync } from './read-regular-file.js';

/** Linux reads at most this much of a file to find its interpreter (execve(2)). */
const SHEBANG_BYTES = 255;

/** The beginning of a file up to the end of its first line, as far as the kernel reads it. */
export function firstLine(path: string): string {
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

/**
 * The interpreter in a first line and its arguments; empty for a line that names none. Splits words like the kernel:
 * at blanks and tabs and at no other white space. A Windows line ending is left out.
 */
export function shebangWords(line: string): string[] {
  if (!line.startsWith('#!')) return [];
  const words = line
    .slice(2)
    .replace(/\r$/, '')
    .split(/[ \t]+/)
    .filter((word) => word !== '');
  return words.length === 0 ? [''] : words;
}

/** The name of the interpreter that a first line means, itself or through `env`; empty if it cannot be told. */
export function interpreterName(shebang: readonly string[]): string {
  const [interpreter = '', first = '', second = ''] = shebang;
  if (!startsByEnv(shebang)) return basename(interpreter);
  // Each of its other options takes another argument.
  const name = first === '-S' ? second : first;
  return name.startsWith('-') || name.includes('=') ? '' : name;
}

/** Whether `env` looks for the interpreter on the PATH. */
export function startsByEnv([interpreter = '']: readonly string[]): boolean {
  return basename(interpreter) === 'env';
}
