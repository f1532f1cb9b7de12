/**
 * What the text of a Go package tells without compiling it: what it imports, and which functions and
 * methods it has. Comments are left out, because students comment out what they have tried.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a file is Go that belongs to a package; the test files of a package do not. */
export function isGoSource(name: string): boolean {
  return name.endsWith('.go') && !isGoTest(name);
}

export function isGoTest(name: string): boolean {
  return name.endsWith('_test.go');
}

/**
 * The Go files of a folder as one text without comments. Left out are `_test.go` files, and those that are
 * kept from every build by the tag that says `ignore`.
 */
export function readPackage(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isGoSource(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => !IGNORED.test(text))
    .map(withoutComments)
    .join('\n');
}

const IGNORED = /^\/\/\s*(?:go:build|\+build)\s+ignore\s*$/m;

const COMMENT_OR_TEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`/g;

/** Texts stay as they are: what looks like a comment in one is none. */
function withoutComments(source: string): string {
  return source.replaceAll(COMMENT_OR_TEXT, (found) => (found.startsWith('/') ? ' ' : found));
}

const IMPORT = /^\s*import\s*(?:\(([^)]*)\)|([^("`\n]*["`][^"`\n]+["`]))/gm;

/** The paths that a package imports, in their order. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].flatMap(([, several = '', one = '']) =>
    [...`${several}${one}`.matchAll(/["`]([^"`\n]+)["`]/g)].map(([, path = '']) => path),
  );
}

/** Whether a package has this function. */
export function hasFunction(source: string, name: string): boolean {
  return new RegExp(String.raw`^\s*func\s+${name}\s*\(`, 'm').test(source);
}

/** Whether a type of the package has this method. */
export function hasMethod(source: string, type: string, name: string): boolean {
  const receiver = String.raw`\(\s*(?:\w+\s+)?\*?\s*${type}\s*\)`;
  return new RegExp(String.raw`^\s*func\s*${receiver}\s*${name}\s*\(`, 'm').test(source);
}
