/**
 * What the text of a Go package tells without compiling it: what it imports, and which functions and
 * methods it has. Comments are left out, because students comment out what they have tried, and so are
 * files that the compiler would leave out.
 */

import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UnfitSubmission } from '../../ground/errors.js';
import { readPart } from '../read-part.js';
import { GO_ENVIRONMENT } from './toolchain.js';

/** Size of all files of a package together, in bytes. */
const MOST_BYTES = 4 * 1024 ** 2;

/** How long `go list` may take. */
const ASKED_FOR_MS = 20_000;

/** Whether a file is Go that belongs to a package; the test files of a package do not. */
function isGoSource(name: string): boolean {
  return /^[^._].*\.go$/s.test(name) && !isGoTest(name);
}

export function isGoTest(name: string): boolean {
  return name.endsWith('_test.go');
}

/** The names of the files in a folder that may be compiled, and of the links to such; none if it cannot be read. */
export function goFilesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => isGoSource(entry.name) && isFile(join(folder, entry.name)))
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * The files of a folder of the tree that the compiler would take, as one text without comments. Throws
 * `UnfitSubmission` for one that is too large, or a link that leads out of the tree.
 */
export function readPackage(tree: string, folder: string): string {
  const place = join(tree, folder);
  let bytes = 0;
  const texts = goFilesIn(place).map((name) => {
    const text = readPart(tree, join(folder, name));
    bytes += text.length;
    if (bytes > MOST_BYTES) throw tooLarge(place);
    return { name, text };
  });
  const taken = texts.some(isConditional) && !hasSpecialFile(place) ? askForTaken(place) : [];
  return texts
    .filter(({ name }) => taken.length === 0 || taken.includes(name))
    .map(({ text }) => withoutComments(text))
    .join('\n');
}

/*
 * Below, `(?<![^\n])` stands for the beginning of a line: with the flag `m`, `^` would also match behind a carriage return
 * and behind U+2028, which end no line of Go.
 */

const SYSTEMS =
  'aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9|solaris|wasip1|windows|zos';

const PROCESSORS =
  '386|amd64p?\\d*|arm(be)?|arm64(be)?|loong64|mips(64)?(le|p32|p32le)?|ppc(64)?(le)?|riscv(64)?|s390x?|sparc(64)?|wasm';

const SUFFIX = new RegExp(`_(${SYSTEMS}|${PROCESSORS})\\.go$`);

const CONSTRAINT = /(?<![^\n])(?:\/\/\s*(?:go:build|\+build)\s|[^\S\n]*import\s+"C")/;

/** Whether it depends on the machine and the settings of a build if the compiler takes a file. */
function isConditional({ name, text }: { name: string; text: string }): boolean {
  return SUFFIX.test(name) || CONSTRAINT.test(text);
}

function tooLarge(folder: string): UnfitSubmission {
  const most = `${MOST_BYTES / 1024 ** 2} MiB of Go`;
  return new UnfitSubmission(`${folder} is too large for a package of the lab`, {
    got: `more than ${most}`,
    expected: `at most ${most}`,
  });
}

/** Whether there is a FIFO or the like among its Go files; `go list` would wait for it for ever. */
function hasSpecialFile(folder: string): boolean {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.go'))
    .some((name) => {
      const status = statSync(join(folder, name), { throwIfNoEntry: false });
      return status !== undefined && !status.isFile() && !status.isDirectory();
    });
}

/** The names of the files that the compiler takes; none if that is not to be found out. */
function askForTaken(folder: string): string[] {
  const words = ['list', '-e', '-find', '-f', '{{range .GoFiles}}{{println .}}{{end}}', '.'];
  const env = { ...process.env, ...GO_ENVIRONMENT, GO111MODULE: 'off', CGO_ENABLED: '0' };
  try {
    const told = execFileSync('go', words, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
      timeout: ASKED_FOR_MS,
      killSignal: 'SIGKILL',
    });
    return told.split('\n').filter((name) => name !== '');
  } catch {
    return [];
  }
}

/** One without its end goes to the end of the line or of the text, so that no part is looked at twice. */
const COMMENT_OR_TEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?|`[^`]*`?/g;

/** Texts stay as they are: what looks like a comment in one is none. */
function withoutComments(source: string): string {
  return source.replaceAll(COMMENT_OR_TEXT, (found) => (found.startsWith('/') ? ' ' : found));
}

const IMPORT = /(?<![^\n])[^\S\n]*import\s*(?:\(([^)]*)(?:\)|$)|([^("`\n]*["`][^"`\n]+["`]))/g;

/** The paths that a package imports, in their order. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].flatMap(([, several = '', one = '']) =>
    [...`${several}${one}`.matchAll(/["`]([^"`\n]+)["`]/g)].map(([, path = '']) => path),
  );
}

export interface GoFunction {
  name: string;
  /** The type that it is a method of, without `*`; '' for a function. */
  receiver: string;
  /** In their order; a parameter without a name has the name ''. */
  parameters: Parameter[];
  /** The text between the parameters and the body. */
  results: string;
  body: string;
}

/** The names of the variables of a package, in its text without comments; gofmt puts them at the beginning of a line. */
export function variablesIn(source: string): string[] {
  const alone = [...source.matchAll(/(?<![^\n])var\s+(\w+)/g)];
  const blocks = [...source.matchAll(/(?<![^\n])var\s*\(([\s\S]*?)(?:(?<![^\n])\)|$)/g)];
  const inBlocks = blocks.flatMap(([, block = '']) => [
    ...block.matchAll(/(?<![^\n])[^\S\n]*(\w+)/g),
  ]);
  return [...alone, ...inBlocks].map(([, name = '']) => name);
}

interface Parameter {
  name: string;
  type: string;
}

const FUNCTION = /(?<![^\n])[^\S\n]*func\s*(?:\(([^)]{0,1000})\)\s*)?(\w+)\s*(?=\()/g;

/** The brace that opens a body; that of a type in the results does not. */
const BODY = /(?<!\b(?:interface|struct)\s*)\{/;

/** How much of the head of a function is read: its parameters, and then its results up to its body. */
const PARAMETERS_LENGTH = 2000;
const RESULTS_LENGTH = 500;

/** The functions and methods in the text of a package, in their order. */
export function functionsIn(source: string): GoFunction[] {
  // A bracket in a text is not counted.
  const code = source.replaceAll(COMMENT_OR_TEXT, '""');
  const closings = closingsIn(code);
  return [...code.matchAll(FUNCTION)].map((found) => {
    const [head, receiver = '', name = ''] = found;
    const start = found.index + head.length;
    const end = closings.get(start) ?? start + 1;
    const results = code.slice(end, end + RESULTS_LENGTH);
    const body = end + (BODY.exec(results)?.index ?? results.length);
    return {
      name,
      receiver: /(\w+)\s*(?:\[.*)?$/s.exec(receiver.trim())?.[1] ?? '',
      parameters: parametersIn(code.slice(start + 1, Math.min(end - 1, start + PARAMETERS_LENGTH))),
      results: code.slice(end, body).trim(),
      body: code.slice(body, closings.get(body) ?? code.length),
    };
  });
}

/** For each bracket that is closed the place behind its closing one, in one pass: a class waits for this. */
function closingsIn(code: string): ReadonlyMap<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: sign, index } of code.matchAll(/[([{)\]}]/g)) {
    if ('([{'.includes(sign)) open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) closings.set(start, index + 1);
    }
  }
  return closings;
}

/** Where the bracket at `start` has been closed; the end of the text if it is not. */
function closingOf(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    if ('([{'.includes(code.charAt(at))) depth += 1;
    else if (')]}'.includes(code.charAt(at)) && --depth === 0) return at + 1;
  }
  return code.length;
}

/** `a, b string, c chan int`: all of them have names, or none has. */
function parametersIn(text: string): Parameter[] {
  const pieces = splitAtCommas(text);
  if (!pieces.some((piece) => NAMED.test(piece))) return pieces.map((type) => ({ name: '', type }));
  let type = '';
  return pieces
    .toReversed()
    .map((piece) => {
      const [, name = piece, written] = NAMED.exec(piece) ?? [];
      type = written ?? type;
      return { name, type };
    })
    .toReversed();
}

const NAMED = /^(?!(?:chan|func|map|struct|interface)\b)(\w+)\s+(\S[^]*)$/;

/** At the commas outside of brackets. */
function splitAtCommas(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  for (let at = 0; at < rest.length; at += 1) {
    if ('([{'.includes(rest.charAt(at))) at = closingOf(rest, at) - 1;
    else if (rest.charAt(at) === ',') {
      pieces.push(rest.slice(0, at));
      rest = rest.slice(at + 1);
      at = -1;
    }
  }
  return [...pieces, rest].map((piece) => piece.trim()).filter((piece) => piece !== '');
}
