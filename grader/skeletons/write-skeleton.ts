/** Copies a skeleton into a folder, all of it or nothing. Files that are there already are never touched. */

import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../harness/index.js';
import { reasonOf } from '../ground/reason-of.js';
import type { Language } from './languages.js';

/** Not compiled by us, so they are found from the package's root. */
const SKELETONS = join(import.meta.dirname, '../../../grader/skeletons');

/** What a new repository has in it before anything is written. */
const OF_A_REPOSITORY = /^(?:\.|readme|licen[cs]e)/i;

/** How many of the names that are in the way a message has. */
const NAMES_TOLD = 3;

/** The files of a skeleton, named from its folder. */
export function skeletonFiles({ name }: Pick<Language, 'name'>): string[] {
  const root = join(SKELETONS, name);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(root, file)).isFile())
    .toSorted();
}

/** Writes the skeleton of a language; throws `UsageError` if the folder is not empty or cannot be written. */
export function writeSkeleton(language: Language, folder: string): void {
  const made: (() => void)[] = [];
  const makeFolder = (path: string): void => {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
    makeFolder(dirname(path));
    mkdirSync(path);
    made.push(() => rmdirSync(path));
  };
  try {
    assertEmpty(folder);
    for (const file of skeletonFiles(language)) {
      const path = join(folder, file);
      makeFolder(dirname(path));
      // Fails if the file has come into being meanwhile.
      writeFileSync(path, '', { flag: 'wx' });
      made.push(() => rmSync(path));
      writeFileSync(path, readFileSync(join(SKELETONS, language.name, file)));
    }
  } catch (cause) {
    for (const unmake of made.toReversed()) unmake();
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${folder} cannot be written`, { got: reasonOf(cause), cause });
  }
}

function assertEmpty(folder: string): void {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isDirectory()) {
    throw new UsageError(`${folder} is in the way`, { got: 'a file', expected: EXPECTED });
  }
  const names = readdirSync(folder).toSorted();
  const inTheWay = names.filter((name) => !OF_A_REPOSITORY.test(name));
  if (inTheWay.length === 0) return;
  const told = inTheWay.slice(0, NAMES_TOLD).join(', ');
  const more = inTheWay.length - NAMES_TOLD;
  throw new UsageError(`${folder} is not empty`, {
    got: more > 0 ? `${told} and ${more} more` : told,
    expected: EXPECTED,
    hint: hintFor(names),
  });
}

const EXPECTED = 'an empty folder, or a new name for one';

function hintFor(names: readonly string[]): string {
  if (names.includes('pblab.yaml')) return 'it has a pblab.yaml: `pblab test` tests it as it is';
  const isStockLab = ['src', 'viewservice', 'pbservice'].some((name) => names.includes(name));
  return isStockLab
    ? 'the Go packages of the stock lab need no skeleton: `pblab test` tests them as they are'
    : 'nothing was written';
}
