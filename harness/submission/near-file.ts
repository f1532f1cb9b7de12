/** The file of a submission that a misspelt path was probably meant for. */

import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { nearest } from '../ground/known-names.js';
import { isPartOfSubmission } from './digest.js';

/** Files beyond so many are not looked at: this is a hint, and must stay quick. */
const MOST_FILES = 5_000;

/** Packages of others, in which nobody misspells a name. */
const FOREIGN = new Set(['node_modules', '.venv', 'venv', 'target', '__pycache__']);

/**
 * The path below `root` of a file whose name is the same in another folder, or else nearly the same; undefined if there
 * is none. Only files of the same kind come into question.
 */
export function nearFile(path: string, root: string): string | undefined {
  const alike = filesBelow(root).filter((file) => extname(file) === extname(path));
  const moved = alike.filter((file) => basename(file) === basename(path));
  return nearest(path, moved) ?? moved[0] ?? nearest(path, alike);
}

function filesBelow(root: string): string[] {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (files.length >= MOST_FILES) return files;
      const path = join(folder, entry.name);
      if (entry.isFile()) files.push(path);
      const isOurs = isPartOfSubmission(entry.name) && !FOREIGN.has(entry.name);
      if (entry.isDirectory() && isOurs) folders.push(path);
    }
  }
  return files;
}
