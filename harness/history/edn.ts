/**
 * Reads operations written as EDN maps, such as `{:process 0, :type :invoke, :value nil}`: one after another, or as
 * the items of one vector or list. Comments, discarded values and tags are skipped (github.com/edn-format/edn). It
 * is scanned without regular expressions over the whole, so that a text of any length is safe.
 */

import type { Entry, Field } from './entry.js';
import { HistoryFormatError } from './history-format-error.js';

/** How deep values may be nested. */
const MAX_DEPTH = 50;

/** Digits of a number that is taken for a whole one. */
const MAX_DIGITS = 100;

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

const CLOSING: Record<string, string> = { '[': ']', '(': ')', '{': '}' };

const NAMES: Record<string, string> = { '}': 'brace', ']': 'bracket', ')': 'parenthesis' };

interface Cursor {
  text: string;
  at: number;
  /** How many lines have ended, where the present one begins, and where it ends. */
  ended: number;
  lineStart: number;
  lineEnd: number;
}

/** The maps of the text, in its order. Throws HistoryFormatError. */
export function readEdn(source: string): Entry[] {
  const text = source.trimEnd();
  const cursor = { text, at: 0, ended: 0, lineStart: 0, lineEnd: endOfLine(text, 0) };
  const entries: Entry[] = [];
  skipBlank(cursor);
  const close = CLOSING[cursor.text.charAt(cursor.at)];
  const isList = close === ']' || close === ')';
  if (isList) cursor.at += 1;
  for (;;) {
    skipBlank(cursor);
    if (isList && cursor.text[cursor.at] === close) break;
    if (cursor.at >= cursor.text.length) {
      if (isList) throw complaint(cursor, `a closing ${NAMES[close]} of the list of operations`);
      return entries;
    }
    entries.push(readEntry(cursor, isList || entries.length === 0));
  }
  cursor.at += 1;
  skipBlank(cursor);
  if (cursor.at < cursor.text.length) {
    throw complaint(cursor, 'nothing after the list of operations');
  }
  return entries;
}

function readEntry(cursor: Cursor, isFirst: boolean): Entry {
  skipTags(cursor);
  const line = lineOf(cursor);
  if (cursor.text[cursor.at] !== '{') {
    const expected = isFirst ? 'a map in braces' : 'the end of the line after the map, or a map';
    throw complaint(cursor, expected);
  }
  cursor.at += 1;
  const fields = new Map<string, Field>();
  for (skipInside(cursor, '}', line); cursor.text[cursor.at] !== '}';) {
    if ('{[('.includes(cursor.text.charAt(cursor.at))) {
      throw complaint(cursor, `a keyword such as :process, or the closing brace of line ${line}`);
    }
    const key = readValue(cursor, 0);
    skipInside(cursor, '}', line);
    const value = readValue(cursor, 0);
    if (key.kind === 'word') {
      if (fields.has(key.text)) throw complaint(cursor, `:${key.text} once`);
      fields.set(key.text, value);
    }
    skipInside(cursor, '}', line);
  }
  cursor.at += 1;
  return { line, fields, write: (name) => `:${name}` };
}

function readValue(cursor: Cursor, depth: number): Field {
  skipTags(cursor, depth);
  const start = cursor.at;
  const first = cursor.text.charAt(start);
  if (first === '"') return { kind: 'text', text: readString(cursor) };
  if (first === '#' && cursor.text[start + 1] === '{') cursor.at += 1;
  if (CLOSING[cursor.text.charAt(cursor.at)] !== undefined) {
    const items = readItems(cursor, depth);
    const source = cursor.text.slice(start, cursor.at);
    return first === '[' ? { kind: 'list', items, source } : { kind: 'other', source };
  }
  const word = readWord(cursor);
  if (word === '') throw complaint(cursor, 'a keyword, a whole number, a string or nil');
  return asField(word);
}

function asField(word: string): Field {
  if (word === 'nil') return { kind: 'nothing' };
  if (word.startsWith(':') && word.length > 1) return { kind: 'word', text: word.slice(1) };
  if (word.length <= MAX_DIGITS && /^[+-]?\d+N?$/.test(word)) {
    return { kind: 'whole', text: String(BigInt(word.replace(/^\+|N$/g, ''))) };
  }
  return { kind: 'other', source: word };
}

function readItems(cursor: Cursor, depth: number): Field[] {
  const line = lineOf(cursor);
  const close = CLOSING[cursor.text.charAt(cursor.at)] ?? '';
  if (depth >= MAX_DEPTH) throw tooDeep(cursor);
  cursor.at += 1;
  const items: Field[] = [];
  for (skipInside(cursor, close, line, depth + 1); cursor.text[cursor.at] !== close;) {
    items.push(readValue(cursor, depth + 1));
    skipInside(cursor, close, line, depth + 1);
  }
  cursor.at += 1;
  return items;
}

function readWord(cursor: Cursor): string {
  // A character such as \[ is a word that begins with what ends others.
  const isCharacter = cursor.text[cursor.at] === '\\';
  const end = /[\s,;"{}[\]()]/g;
  end.lastIndex = cursor.at + (isCharacter ? 2 : 0);
  const word = cursor.text.slice(cursor.at, end.exec(cursor.text)?.index);
  cursor.at += word.length;
  return word;
}

function readString(cursor: Cursor): string {
  const parts: string[] = [];
  const begin = cursor.at;
  let start = begin + 1;
  for (;;) {
    const at = nextQuoteOrEscape(cursor.text, start);
    if (at === -1) {
      cursor.at = begin;
      throw complaint(cursor, 'a string with a closing quote');
    }
    parts.push(cursor.text.slice(start, at));
    cursor.at = at + 1;
    if (cursor.text[at] === '"') return parts.join('');
    parts.push(readEscape(cursor));
    start = cursor.at;
  }
}

function nextQuoteOrEscape(text: string, from: number): number {
  const special = /["\\]/g;
  special.lastIndex = from;
  return special.exec(text)?.index ?? -1;
}

function readEscape(cursor: Cursor): string {
  const letter = cursor.text.charAt(cursor.at);
  if (letter === 'u') return readUnicodeEscape(cursor);
  const meaning = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (meaning === undefined) throw badEscape(cursor);
  cursor.at += 1;
  return meaning;
}

function readUnicodeEscape(cursor: Cursor): string {
  const digits = cursor.text.slice(cursor.at + 1, cursor.at + 5);
  if (!/^[\da-fA-F]{4}$/.test(digits)) throw badEscape(cursor);
  cursor.at += 5;
  return String.fromCharCode(Number.parseInt(digits, 16));
}

function badEscape(cursor: Cursor): HistoryFormatError {
  cursor.at -= 1;
  return complaint(cursor, 'an escape of EDN, such as \\n or \\u0041');
}

/** Tags say of what kind the value after them is, which does not matter here. */
function skipTags(cursor: Cursor, depth = 0): void {
  while (cursor.text[cursor.at] === '#' && /[\w]/.test(cursor.text.charAt(cursor.at + 1))) {
    readWord(cursor);
    skipBlank(cursor, depth);
  }
}

/** Skips what stands between the items of a map, vector or list, which must go on. */
function skipInside(cursor: Cursor, close: string, line: number, depth = 0): void {
  skipBlank(cursor, depth);
  if (cursor.at < cursor.text.length) return;
  const begun = line === lineOf(cursor) ? '' : ` for what begins on line ${line}`;
  throw complaint(cursor, `a closing ${NAMES[close]}${begun}`);
}

/**
 * White space, commas, comments, and values that are marked to be discarded. Such a mark counts as deep as a value in
 * which others stand: each leads back to here.
 */
function skipBlank(cursor: Cursor, depth = 0): void {
  if (depth > MAX_DEPTH) throw tooDeep(cursor);
  for (;;) {
    const character = cursor.text.charAt(cursor.at);
    if (character === ';') {
      cursor.at = endOfLine(cursor.text, cursor.at);
    } else if (character === '#' && cursor.text[cursor.at + 1] === '_') {
      cursor.at += 2;
      skipBlank(cursor, depth + 1);
      readValue(cursor, depth + 1);
    } else if (character === '' || !/[\s,]/.test(character)) return;
    else cursor.at += 1;
  }
}

/** Lines are counted on, so the cursor must not have gone back to an earlier one. */
function lineOf(cursor: Cursor): number {
  while (cursor.lineEnd < cursor.at) {
    cursor.ended += 1;
    cursor.lineStart = cursor.lineEnd + 1;
    cursor.lineEnd = endOfLine(cursor.text, cursor.lineStart);
  }
  return cursor.ended + 1;
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed === -1 ? text.length : feed;
}

function tooDeep(cursor: Cursor): HistoryFormatError {
  return complaint(cursor, `no more than ${MAX_DEPTH} values or marks #_ in each other`);
}

function complaint(cursor: Cursor, expected: string): HistoryFormatError {
  const line = lineOf(cursor);
  const column = cursor.at - cursor.lineStart + 1;
  const rest = cursor.text.slice(cursor.at, endOfLine(cursor.text, cursor.at)).trimEnd();
  return new HistoryFormatError(line, rest === '' ? 'the end of the line' : rest, expected, column);
}
