/** Where the manifest of a directory may be that has none: under another name, one folder below, or one above. */

import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import { shellWord } from '../ground/shell-word.js';
import { MANIFEST_NAME } from './manifest.js';

/** Names that a manifest is given by mistake and that no editor tells from the right one. */
const MISNAMED = /^\.?pblab[._-]?(?:ya?ml|json)?(?:\.txt|~|\.bak)?$/i;

/** Letters that may be wrong in a name that was meant for it. */
const TYPOS = 2;

/** What was found instead, and what to do about it; both are phrases. */
export interface Elsewhere {
  got: string;
  hint: string;
}

/** Undefined if nothing is found. `shownAs` is the name of the directory for people. */
export function manifestElsewhere(directory: string, shownAs: string): Elsewhere | undefined {
  const entries = entriesOf(directory);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const misnamed = names.find(
    (name) => MISNAMED.test(name) || distance(name, MANIFEST_NAME) <= TYPOS,
  );
  if (misnamed !== undefined) {
    return {
      got: misnamed,
      hint: `rename it: mv ${shellWord(join(shownAs, misnamed))} ${shellWord(join(shownAs, MANIFEST_NAME))}`,
    };
  }
  const below = entries
    .filter((entry) => entry.isDirectory() && hasManifest(join(directory, entry.name)))
    .map(({ name }) => name);
  const [folder] = below;
  if (folder !== undefined) {
    return {
      got: `a ${MANIFEST_NAME} in ${below.map((name) => `${name}/`).join(' and ')}`,
      hint: `name the folder that has it: ${shellWord(join(shownAs, folder))}`,
    };
  }
  if (!hasManifest(dirname(directory))) return undefined;
  return {
    got: `a ${MANIFEST_NAME} in the folder above`,
    hint: `name that folder, or pass the file with --manifest: ${shellWord(dirname(shownAs))}`,
  };
}

function hasManifest(directory: string): boolean {
  return existsSync(join(directory, MANIFEST_NAME));
}

/** None if it cannot be read: the digest of the tree reports that. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
