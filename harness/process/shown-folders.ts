/**
 * Replaces folders that exist only while a program runs by names that a reader knows: a
 * traceback then names `kv.py`, as on the student's machine, and not a copy of it on the grading machine.
 */

import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** A folder, absolute, and what it is for the program: its own folder, or the one around it. */
export type ShownFolder = readonly [folder: string, shown: '.' | '..'];

export interface Renamer {
  /** The part of this and of earlier text that can be passed on. */
  take(chunk: Buffer): Buffer;
  /** The text that was kept back because it may begin a folder's name. */
  rest(): Buffer;
}

/** After the name of a folder: a slash, or nothing that belongs to a longer name; a full stop may or may not. */
const END = String.raw`(\/|(?![\w-]|\.\w))`;

/** Renames folders in a text that comes in pieces; keeps back at most the longest name and the text after it. */
export function renameFolders(folders: readonly ShownFolder[]): Renamer {
  const names = namesOf(folders);
  const pattern = new RegExp(`(${[...names.keys()].map(escaped).join('|')})${END}`, 'g');
  const rename = (text: string) =>
    text.replaceAll(pattern, (_, name: string, slash: string) => {
      const shown = names.get(name) ?? '.';
      return slash !== '' && shown === '.' ? '' : shown + slash;
    });
  const beginnings = [...names.keys()].flatMap((name) => [`${name}/`, `${name}.`]);
  const firstLetters = new Set(beginnings.map(([letter]) => letter));
  let kept = '';
  return {
    take(chunk) {
      if (names.size === 0) return chunk;
      const text = kept + chunk.toString('latin1');
      const end = openEnd(text, beginnings, firstLetters);
      kept = text.slice(end);
      return Buffer.from(rename(text.slice(0, end)), 'latin1');
    },
    rest() {
      const last = kept === '' ? '' : rename(kept);
      kept = '';
      return Buffer.from(last, 'latin1');
    },
  };
}

/** A whole text with its folders renamed. */
export function withFoldersRenamed(text: string, folders: readonly ShownFolder[]): string {
  const renamer = renameFolders(folders);
  return Buffer.concat([renamer.take(Buffer.from(text)), renamer.rest()]).toString();
}

/** All that a folder may be called, the longest first, byte by byte as in `latin1`. */
function namesOf(folders: readonly ShownFolder[]): ReadonlyMap<string, ShownFolder[1]> {
  const names = folders.flatMap(([folder, shown]) =>
    [folder, realPath(folder)]
      .flatMap((path) => [pathToFileURL(path).href, path])
      .map((name) => [Buffer.from(name).toString('latin1'), shown] as const),
  );
  return new Map(names.toSorted(([one], [other]) => other.length - one.length));
}

/** Programs that ask for their folder are told its path without links. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

/** Where one of these, the longest first, has begun that may go on after the text; the text's length if none has. */
function openEnd(
  text: string,
  beginnings: readonly string[],
  firstLetters: ReadonlySet<string | undefined>,
): number {
  const [longest = ''] = beginnings;
  for (let at = Math.max(0, text.length - longest.length); at < text.length; at++) {
    // Nearly all that a program prints begins no name.
    if (!firstLetters.has(text[at])) continue;
    const end = text.slice(at);
    if (beginnings.some((each) => each.startsWith(end))) return at;
  }
  return text.length;
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
