/** Recognises archives: by name when files are only listed, and by the first bytes when one will be opened. */

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const NAMES = /\.(zip|7z|rar|tar|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst|tar\.[a-z0-9]+)$/i;

/** The mark of a tar file follows the name, the times and the owner of its first entry. */
const TAR_MARK_AT = 257;

const BEGINNING_BYTES = TAR_MARK_AT + 5;

const MARKS: readonly [kind: string, at: number, bytes: string][] = [
  ['zip', 0, 'PK\u0003\u0004'],
  ['zip', 0, 'PK\u0005\u0006'],
  ['gzip', 0, '\u001f\u008b'],
  ['tar', TAR_MARK_AT, 'ustar'],
  ['7z', 0, '7z\u00bc\u00af\u0027\u001c'],
  ['rar', 0, 'Rar!\u001a'],
  ['bzip2', 0, 'BZh'],
  ['xz', 0, '\u00fd7zXZ\u0000'],
  ['zstd', 0, '\u0028\u00b5\u002f\u00fd'],
];

/** Whether a file is called like an archive. */
export function isArchiveName(name: string): boolean {
  return NAMES.test(name);
}

/** Its name without the ending that says which archive it is. */
export function withoutArchiveEnding(name: string): string {
  return name.replace(/\.tar(?=\.)/i, '').replace(NAMES, '');
}

/**
 * What a file begins as: `zip`, `gzip`, `tar` or another kind of archive; undefined for anything else. Only a regular
 * file is opened, so that opening never waits for the other end of a pipe.
 */
export function archiveKind(file: string): string | undefined {
  let beginning: string;
  try {
    beginning = beginningOf(file);
  } catch {
    return undefined;
  }
  return kindByBeginning(beginning);
}

/** Like `archiveKind`, for a file that will be opened: throws the error of the system if it cannot be read. */
export function archiveKindToOpen(file: string): string | undefined {
  return kindByBeginning(beginningOf(file));
}

function kindByBeginning(beginning: string): string | undefined {
  return MARKS.find(([, at, bytes]) => beginning.startsWith(bytes, at))?.[0];
}

/** Its first bytes, one character each; none if it is not a regular file. */
function beginningOf(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(descriptor).isFile()) return '';
    const buffer = Buffer.alloc(BEGINNING_BYTES);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}
