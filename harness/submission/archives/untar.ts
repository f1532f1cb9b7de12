/** Writes what is in a tar file, also one packed by gzip, into a folder, as far as that is harmless. */

import { extract, type ReadEntry } from 'tar';
import type { Allowance } from './allowance.js';

/** Bytes of the file for each of its bytes that is packed: what pads an archive is not counted otherwise. */
const MOST_DECOMPRESSED = 1000;

const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);

const KNOWN = new Set([...FILES, 'Directory', 'SymbolicLink']);

/** Resolves to why it was not opened, as a phrase; undefined if all of it was written. */
export async function untar(
  file: string,
  folder: string,
  allowance: Allowance,
): Promise<string | undefined> {
  let refusal: string | undefined;
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
    onwarn: (_code, message) => (refusal ??= `tar says: ${message}`),
  });
  return refusal;
}

function refusalOf(path: string, entry: ReadEntry, allowance: Allowance): string | undefined {
  const { type, size, mode = 0 } = entry;
  if (!KNOWN.has(type)) return `it holds ${path}, which is not a file, folder or symbolic link`;
  entry.mode = type === 'Directory' || (mode & 0o111) !== 0 ? 0o755 : 0o644;
  return allowance.refusal({ path, size: FILES.has(type) ? size : 0 });
}
