/** Writes what is in a tar file, also one packed by gzip, into a folder, as far as that is harmless. */

import { extract, type ReadEntry } from 'tar';
import type { Allowance } from './allowance.js';
import type { EntryKind } from './entry-places.js';
import { isMachineError } from './system-error.js';

/** Bytes of the file for each of its bytes that is packed: what pads an archive is not counted otherwise. */
const MOST_DECOMPRESSED = 1000;

const KINDS: Readonly<Record<string, EntryKind>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
  SymbolicLink: 'link',
};

/** Resolves to why it was not opened, as a phrase; undefined if all of it was written. Throws errors of the machine. */
export async function untar(
  file: string,
  folder: string,
  allowance: Allowance,
): Promise<string | undefined> {
  let refusal: string | undefined;
  let failure: Error | undefined;
  await extract({
    file,
    cwd: folder,
    preserveOwner: false,
    noMtime: true,
    maxDecompressionRatio: MOST_DECOMPRESSED,
    filter(path, entry) {
      // Nothing is filtered but what an archive holds.
      if ('type' in entry) refusal ??= refusalOf(path, entry, allowance);
      return refusal === undefined;
    },
    onwarn(_code, message, data) {
      // There, an error of the system on a single file is only a warning.
      if (isMachineError(data)) failure ??= data;
      refusal ??= `tar says: ${message}`;
    },
  });
  if (failure !== undefined) throw failure;
  return refusal;
}

function refusalOf(path: string, entry: ReadEntry, allowance: Allowance): string | undefined {
  const { type, size, mode = 0 } = entry;
  const kind = KINDS[type];
  if (kind === undefined) return `it holds ${path}, which is not a file, folder or symbolic link`;
  entry.mode = kind === 'folder' || (mode & 0o111) !== 0 ? 0o755 : 0o644;
  return allowance.refusal({ path, kind, size: kind === 'file' ? size : 0 });
}
