/**
 * What a word of the command line names, if both a part of the kit and a folder are called so. The folder is meant: in
 * a directory of submissions `*` may give the word `reference`. It is loaded for help, so it loads nothing itself.
 */

import { realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from '../text/message.js';

/** The sources of the kit's own reference, in its checkout. */
const OWN_REFERENCE = join(import.meta.dirname, '../../../reference');

const PART_OF_KIT = /^(?:reference$|(?:mutant|variant):)/;

/** The same word, or the absolute path of the folder that it names. */
export function submissionWord(word: string): string {
  if (!PART_OF_KIT.test(word) || !isFolder(word) || isOwnReference(word)) return word;
  say(
    `${word} is taken for the folder ./${word}; it means the part of the kit where there is no such folder`,
  );
  return resolve(word);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** In its checkout the kit's reference has a folder of that name, which is the same thing. */
function isOwnReference(path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(OWN_REFERENCE);
  } catch {
    return false;
  }
}
