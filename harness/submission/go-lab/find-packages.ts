/**
 * Finds the stock Go lab in a tree: the packages viewservice and pbservice, by which path the one
 * imports the other, and what the source says of the clerk. It reads files and compiles nothing.
 */

import { lstatSync, readdirSync, realpathSync, type Dirent } from 'node:fs';
import { join, posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UnfitSubmission } from '../../ground/errors.js';
import type { OperationKind } from '../../history/operation.js';
import { isPartOfSubmission } from '../digest.js';
import { readConstructors, type Constructors } from './constructors.js';
import { readPart } from '../read-part.js';
import { functionsIn, goFilesIn, importsOf, readPackage } from './source.js';

const VIEW_SERVICE = 'viewservice';
const KV_SERVICE = 'pbservice';

/** The packages of the lab. */
export const PACKAGES: readonly string[] = [VIEW_SERVICE, KV_SERVICE];

/** How deep below a submission the packages are looked for. */
const MAX_DEPTH = 12;

/** The clerk's methods and the operations of the kit. */
const METHODS: readonly [OperationKind, string][] = [
  ['get', 'Get'],
  ['put', 'Put'],
  ['append', 'Append'],
  ['puthash', 'PutHash'],
];

/** Paths are relative to the top of the submission, which itself is ''. */
export interface GoLab {
  /** The folder in which both packages are. */
  folder: string;
  /** Those that stand in the source, for a lab that does not compile. The compiler may know of others. */
  operations: OperationKind[];
  imports: Imports;
  constructors: Constructors;
}

/**
 * How the packages name each other in their imports:
 * - `gopath`: by a path that begins with `prefix`, which means `folder`; mostly '' and src;
 * - `module`: by a path that begins with that of the module, whose go.mod is in `folder` and asks for a
 *   version of Go, such as 1.16;
 * - `relative`: by `../viewservice`.
 */
type Imports =
  | { style: 'gopath'; prefix: string; folder: string }
  | { style: 'module'; prefix: string; folder: string; goVersion?: string }
  | { style: 'relative' };

/** Whether there is anything of the Go lab in a tree. */
export function looksLikeGoLab(tree: string): boolean {
  return findPackages(tree, '').length > 0;
}

/** The lab in `tree`, below the folder `from`; throws `UnfitSubmission` where it is not there once and whole. */
export function findGoLab(tree: string, from = ''): GoLab {
  const folder = chooseFolder(tree, posix.join(from, '.').replace(/^\.$|\/$/, ''));
  const source = readPackage(tree, join(folder, KV_SERVICE));
  return {
    folder,
    operations: operationsIn(source),
    imports: readImports(tree, folder, source),
    constructors: readConstructors(readPackage(tree, join(folder, VIEW_SERVICE)), source),
  };
}

/** The folder in which both packages are; the one in which they are whole, if there are several. */
function chooseFolder(tree: string, from: string): string {
  const packages = findPackages(tree, from);
  const together = packages
    .filter((path) => posix.basename(path) === VIEW_SERVICE)
    .map(parentOf)
    .filter((folder) => packages.includes(posix.join(folder, KV_SERVICE)))
    .filter((folder, index, all) => all.findIndex(isSameAs(tree, folder)) === index);
  if (together.length === 0) throw incomplete(join(tree, from), packages);
  const whole = together.length > 1 ? together.filter((folder) => isWhole(tree, folder)) : [];
  const [folder = '', ...others] = whole.length > 0 ? whole : together;
  if (others.length > 0) throw ambiguous(tree, [folder, ...others]);
  return folder;
}

/** Whether another folder has the very same packages, because those of one are links to those of the other. */
function isSameAs(tree: string, folder: string) {
  const real = (one: string) => PACKAGES.map((name) => realpathSync(join(tree, one, name)));
  return (other: string): boolean => isDeepStrictEqual(real(other), real(folder));
}

/** Whether both packages in a folder have what the lab of every year asks for. */
function isWhole(tree: string, folder: string): boolean {
  return PACKAGES.every((name) => {
    const functions = functionsIn(readPackage(tree, join(folder, name)));
    return ['StartServer', 'MakeClerk'].every((wanted) =>
      functions.some((each) => each.receiver === '' && each.name === wanted),
    );
  });
}

/**
 * The folders below `from` that are one of the two packages by name and have Go files in them, or links to such.
 * Other links to folders are not followed: what is in the tree is found where it is.
 */
function findPackages(tree: string, from: string): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number) => {
    if (isPackage(tree, folder)) found.push(folder);
    if (depth === MAX_DEPTH) return;
    for (const entry of entriesOf(join(tree, folder)).filter(({ name }) => maySearch(name))) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) visit(path, depth + 1);
      else if (entry.isSymbolicLink() && isPackage(tree, path)) found.push(path);
    }
  };
  visit(from, 0);
  return found.toSorted();
}

function isPackage(tree: string, folder: string): boolean {
  return PACKAGES.includes(posix.basename(folder)) && goFilesIn(join(tree, folder)).length > 0;
}

/** No entries if it is not a folder. The digest of the tree reports a folder that cannot be read. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Not where Go does not look either, and not in the packages of others. */
function maySearch(name: string): boolean {
  return isPartOfSubmission(name) && !/^[._]|^(vendor|testdata|node_modules)$/.test(name);
}

function incomplete(place: string, found: readonly string[]): UnfitSubmission {
  return new UnfitSubmission(`the Go lab in ${place} is incomplete`, {
    got: found.length === 0 ? 'neither package' : `only ${found.join(' and ')}`,
    expected:
      'folders viewservice and pbservice with Go files side by side, as in src/viewservice and src/pbservice',
  });
}

function ambiguous(tree: string, folders: readonly string[]): UnfitSubmission {
  const shown = folders.map((folder) => folder || '.');
  return new UnfitSubmission(`${tree} contains the Go lab more than once`, {
    got: `viewservice and pbservice in ${shown.join(' and in ')}`,
    expected: 'one of them',
    hint: `name the inner directory, or write "root: ${shown.at(-1)}" in a manifest of the preset go-lab`,
  });
}

function operationsIn(source: string): OperationKind[] {
  const methods = functionsIn(source).filter(({ receiver }) => receiver === 'Clerk');
  return METHODS.filter(([, method]) => methods.some(({ name }) => name === method)).map(
    ([kind]) => kind,
  );
}

function readImports(tree: string, folder: string, source: string): Imports {
  const imported = importsOf(source).find((path) => posix.basename(path) === VIEW_SERVICE);
  if (imported?.startsWith('.')) return { style: 'relative' };
  const module = moduleAbove(tree, folder);
  const asModule = module && posix.join(module.path, posix.relative(module.folder, folder));
  const prefix = imported === undefined ? (asModule ?? '') : parentOf(imported);
  if (module !== undefined && prefix === asModule) {
    const { path, ...rest } = module;
    return { style: 'module', prefix: path, ...rest };
  }
  return { style: 'gopath', ...withoutCommonEnd(prefix, folder) };
}

interface Module {
  path: string;
  folder: string;
  goVersion?: string;
}

/** The nearest module that holds a folder. */
function moduleAbove(tree: string, folder: string): Module | undefined {
  const file = join(folder, 'go.mod');
  if (lstatSync(join(tree, file), { throwIfNoEntry: false }) === undefined) {
    return folder === '' ? undefined : moduleAbove(tree, parentOf(folder));
  }
  const text = readPart(tree, file);
  const [, path] = /(?<![^\n])[^\S\n]*module\s+"?([^\s"]+)/.exec(text) ?? [];
  const goVersion = oldestGo(text);
  if (path === undefined) return undefined;
  return { path, folder, ...(goVersion === undefined ? {} : { goVersion }) };
}

/** The version of Go that a go.mod asks for; a line that only Go 1.21 and later can read asks for that. */
function oldestGo(goMod: string): string | undefined {
  const [, written] = /(?<![^\n])[^\S\n]*go\s+(\d[\d.]*)/.exec(goMod) ?? [];
  const isEarlier = written === undefined || /^1\.1?\d\b|^1\.20\b/.test(written);
  return isEarlier && /(?<![^\n])[^\S\n]*toolchain\s/.test(goMod) ? '1.21' : written;
}

/**
 * Goes up in both while their ends are the same: what is `github.com/x/y/src` in imports and `src` in
 * the tree means that the whole tree is `github.com/x/y`, and other packages of it can be imported too.
 */
function withoutCommonEnd(prefix: string, folder: string): { prefix: string; folder: string } {
  return prefix !== '' && folder !== '' && posix.basename(prefix) === posix.basename(folder)
    ? withoutCommonEnd(parentOf(prefix), parentOf(folder))
    : { prefix, folder };
}

function parentOf(path: string): string {
  return posix.dirname(path).replace(/^\.$/, '');
}
