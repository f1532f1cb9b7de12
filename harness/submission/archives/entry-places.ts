/**
 * The places that entries of an archive have taken. A link in the archive could redirect a later entry to
 * its target; so no entry may be at the place of a link, or below it, in any order.
 */

/** In bytes; no file system that is in use takes longer ones (`NAME_MAX` of Linux). */
const LONGEST_NAME = 255;

/** In bytes. Together with the folder of the cache it stays below what Linux takes (`PATH_MAX`). */
const LONGEST_PATH = 3000;

export type EntryKind = 'file' | 'folder' | 'link';

export interface EntryPlaces {
  /** Takes the place of an entry; why it must not be there, as a phrase. */
  refusal(path: string, kind: EntryKind): string | undefined;
}

export function createEntryPlaces(): EntryPlaces {
  const links = new Set<string>();
  /** Where anything is, or is in. */
  const taken = new Set<string>();
  const files = new Set<string>();
  const folders = new Set<string>();
  return {
    refusal(path, kind) {
      const parts = namesIn(path);
      if (parts.length === 0) {
        return kind === 'folder' ? undefined : 'it holds a file without a proper name';
      }
      if (isTooLong(parts))
        return `it holds ${path.slice(0, LONGEST_NAME)}…, whose name is too long`;
      const ways = waysTo(parts);
      const keys = ways.map(asOne);
      if (keys.some((key) => links.has(key))) return `it holds ${path}, which leads through a link`;
      const [way = '', key = ''] = [ways.at(-1), keys.at(-1)];
      if (kind === 'link' && taken.has(key))
        return `it holds the link ${path} and another entry of that name`;
      const above = ways.slice(0, -1);
      const isClash = kind === 'folder' ? files.has(way) : folders.has(way);
      if (isClash || above.some((folder) => files.has(folder))) {
        return `it holds ${path}, but the same name is both a file and a folder`;
      }
      for (const one of keys) taken.add(one);
      for (const folder of above) folders.add(folder);
      ({ file: files, folder: folders, link: links })[kind].add(kind === 'link' ? key : way);
      return undefined;
    },
  };
}

/** The names that a path is made of. */
export function namesIn(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

/** A path and all folders above it, the uppermost first. */
function waysTo(parts: readonly string[]): string[] {
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function isTooLong(parts: readonly string[]): boolean {
  return (
    Buffer.byteLength(parts.join('/')) > LONGEST_PATH ||
    parts.some((name) => Buffer.byteLength(name) > LONGEST_NAME)
  );
}

/** Equal for names that some file systems treat as one name. */
function asOne(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase();
}
