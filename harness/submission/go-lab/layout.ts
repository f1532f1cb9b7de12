/**
 * Finds the stock Go lab in a tree: the packages viewservice and pbservice, by which path the one
 * imports the other, and which operations the clerk has. It reads files and runs nothing.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { UsageError } from '../../errors.js';
import type { OperationKind } from '../../history/operation.js';
import { isPartOfSubmission } from '../digest.js';
import { hasFunction, hasMethod, importsOf, isGoSource, readPackage } from './source.js';

const VIEW_SERVICE = 'viewservice';
const KV_SERVICE = 'pbservice';

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
  operations: OperationKind[];
  imports: Imports;
}

/**
 * How the packages name each other in their imports:
 * - `gopath`: by a path that begins with `prefix`, which means `folder`; mostly '' and src;
 * - `module`: by a path that begins with that of the module, whose go.mod is in `folder`;
 * - `relative`: by `../viewservice`.
 */
type Imports =
  { style: 'gopath' | 'module'; prefix: string; folder: string } | { style: 'relative' };

/** Whether anything of the Go lab is below a folder. */
export function looksLikeGoLab(tree: string): boolean {
  return findFolders(tree, '', VIEW_SERVICE, KV_SERVICE).length > 0;
}

/** What may be known beforehand. */
export interface Hints {
  /** The folder from which downwards it is looked for. */
  from?: string;
  operations?: OperationKind[] | undefined;
}

/** The lab in `tree`; throws `UsageError` where it is not there once and whole. */
export function findGoLab(tree: string, { from = '', operations }: Hints = {}): GoLab {
  const folder = chooseFolder(tree, posix.join(from, '.') === '.' ? '' : posix.join(from));
  const source = readPackage(join(tree, folder, KV_SERVICE));
  return {
    folder,
    operations: operations ?? clerkOperations(source, folder),
    imports: readImports(tree, folder, source),
  };
}

function chooseFolder(tree: string, from: string): string {
  const views = findFolders(tree, from, VIEW_SERVICE).map((path) => posix.dirname(`./${path}`));
  const kvs = findFolders(tree, from, KV_SERVICE).map((path) => posix.dirname(`./${path}`));
  const both = views
    .filter((parent) => kvs.includes(parent))
    .map((parent) => posix.normalize(parent));
  const found = both.map((path) => (path === '.' ? '' : path));
  if (found.length === 0) throw notTogether(tree, from);
  const whole = found.filter((folder) => isWhole(tree, folder));
  const candidates = whole.length > 0 ? whole : found;
  const [first] = candidates;
  if (candidates.length > 1 || first === undefined) throw ambiguous(tree, candidates);
  return first;
}

/** A folder in which both packages have what every version of the lab asks for. */
function isWhole(tree: string, folder: string): boolean {
  return [VIEW_SERVICE, KV_SERVICE].every((name) => {
    const source = readPackage(join(tree, folder, name));
    return hasFunction(source, 'StartServer') && hasFunction(source, 'MakeClerk');
  });
}

/** Folders with one of these names and Go files in them, relative to the tree. */
function findFolders(tree: string, from: string, ...names: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number) => {
    const entries = readdirSync(join(tree, folder), { withFileTypes: true });
    const isPackage = entries.some((entry) => entry.isFile() && isGoSource(entry.name));
    if (isPackage && names.includes(basename(join(tree, folder)))) found.push(folder);
    if (depth === MAX_DEPTH) return;
    for (const entry of entries.filter((each) => each.isDirectory() && maySearch(each.name))) {
      visit(posix.join(folder, entry.name), depth + 1);
    }
  };
  visit(from, 0);
  return found;
}

/** Not where Go does not look either, and not in the packages of others. */
function maySearch(name: string): boolean {
  return isPartOfSubmission(name) && !/^[._]|^(vendor|testdata|node_modules)$/.test(name);
}

function notTogether(tree: string, from: string): UsageError {
  const found = findFolders(tree, from, VIEW_SERVICE, KV_SERVICE);
  return new UsageError(`the Go lab is not complete in ${join(tree, from)}`, {
    got: found.length === 0 ? 'no folder viewservice or pbservice with Go files' : list(found),
    expected:
      'the packages viewservice and pbservice in one folder, as in src/viewservice and src/pbservice',
  });
}

function ambiguous(tree: string, folders: readonly string[]): UsageError {
  return new UsageError(`the Go lab is in ${tree} more than once`, {
    got: `viewservice and pbservice in ${list(folders.map((folder) => folder || '.'))}`,
    expected: 'one of them',
    hint: `name the inner directory, such as ${join(tree, folders[0] ?? '')}, or write "root: ${folders[0]}" in a manifest`,
  });
}

function list(words: readonly string[]): string {
  return words.join(' and ');
}

function clerkOperations(source: string, folder: string): OperationKind[] {
  const found = METHODS.filter(([, method]) => hasMethod(source, 'Clerk', method));
  const kinds = found.map(([kind]) => kind);
  if (kinds.includes('get') && kinds.includes('put')) return kinds;
  throw new UsageError(`the clerk in ${posix.join(folder, KV_SERVICE)} is not that of the lab`, {
    got: found.length === 0 ? 'no method of it' : `only ${list(found.map(([, method]) => method))}`,
    expected: 'a type Clerk with the methods Get and Put, and Append or PutHash in later years',
    hint: 'a manifest with "operations" says what to test all the same',
  });
}

function readImports(tree: string, folder: string, source: string): Imports {
  const imported = importsOf(source).find((path) => posix.basename(path) === VIEW_SERVICE);
  if (imported?.startsWith('.')) return { style: 'relative' };
  const module = moduleAbove(tree, folder);
  const asModule = module && posix.join(module.path, posix.relative(module.folder, folder));
  const prefix = imported === undefined ? (asModule ?? '') : parentOf(imported);
  if (module !== undefined && prefix === asModule) {
    return { style: 'module', prefix: module.path, folder: module.folder };
  }
  return { style: 'gopath', ...withoutCommonEnd(prefix, folder) };
}

/** The nearest module that holds a folder. */
function moduleAbove(tree: string, folder: string): { path: string; folder: string } | undefined {
  const file = join(tree, folder, 'go.mod');
  if (!existsSync(file)) return folder === '' ? undefined : moduleAbove(tree, parentOf(folder));
  const [, path] = /^\s*module\s+"?([^\s"]+)/m.exec(readFileSync(file, 'utf8')) ?? [];
  return path === undefined ? undefined : { path, folder };
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
  const parent = dirname(path);
  return parent === '.' ? '' : parent;
}
