/**
 * Limits on archives. Their content is not trusted: a file of some kilobytes can hold petabytes, and a
 * name can lead out of the folder that the archive is opened in.
 */

import { createEntryPlaces, type EntryKind } from './entry-places.js';

/** Files, folders and links. */
const MOST_ENTRIES = 20_000;

/** Size of all files together, in bytes. */
const MOST_BYTES = 256 * 2 ** 20;

/** Below this size, in bytes, the packing ratio does not matter. */
const UNSUSPICIOUS_BYTES = 16 * 2 ** 20;

/** Source code packs to a fifth of its size, an archive bomb to a thousandth. */
const MOST_PER_PACKED_BYTE = 100;

const MOST_DEPTH = 100;

/** An entry as its archive announces it. */
export interface Announced {
  path: string;
  kind: EntryKind;
  /** In bytes; 0 for what is not a file. */
  size: number;
}

/** Counts entries of an archive before they are written; of one that must not be it says why, as a phrase. */
export interface Allowance {
  /** For an archive that says beforehand how many entries it has. */
  refusalOfCount(entries: number): string | undefined;
  refusal(entry: Announced): string | undefined;
}

export function allowanceFor(packedBytes: number): Allowance {
  let entries = 0;
  let bytes = 0;
  const places = createEntryPlaces();
  const refusalOfCount = (count: number) =>
    count > MOST_ENTRIES ? `it holds more than ${MOST_ENTRIES} files and folders` : undefined;
  return {
    refusalOfCount,
    refusal({ path, kind, size }) {
      entries += 1;
      bytes += size;
      const tooMany = refusalOfCount(entries);
      if (tooMany !== undefined) return tooMany;
      if (bytes > MOST_BYTES) return `it holds more than ${MOST_BYTES / 2 ** 20} MiB`;
      if (bytes > UNSUSPICIOUS_BYTES && bytes > MOST_PER_PACKED_BYTE * packedBytes) {
        return `it is packed more than ${MOST_PER_PACKED_BYTE} to 1`;
      }
      return refusalOfPath(path) ?? places.refusal(path, kind);
    },
  };
}

function refusalOfPath(path: string): string | undefined {
  const parts = path.split('/');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return `it holds ${path}, an absolute path`;
  if (parts.includes('..')) return `it holds ${path}, which leads out of it`;
  if (path.includes('\0') || path === '') return 'it holds a file without a proper name';
  return parts.length > MOST_DEPTH ? `it holds folders ${MOST_DEPTH} deep` : undefined;
}
