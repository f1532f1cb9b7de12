/**
 * Reads one flat EDN map such as `{:process 0, :type :invoke, :value nil}`: keywords, whole numbers,
 * strings, nil. A small part of EDN (github.com/edn-format/edn), scanned without recursion or
 * regular expressions over the whole, so that a line of any length is safe.
 */

import { HistoryFormatError } from './history-format-error.js';

/** Keywords keep their colon; nil is null. */
export type EdnValue = string | number | null | { keyword: string };

interface Cursor {
  text: string;
  at: number;
  line: number;
}

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** The map on a line, keys without their colons. Throws HistoryFormatError. */
export function parseEdnMap(text: string, line: number): Map<string, EdnValue> {
  const cursor: Cursor = { text, at: 0, line };
  const map = new Map<string, EdnValue>();
  expectText(cursor, '{', 'a map in braces');
  for (skipBlank(cursor); text[cursor.at] !== '}'; skipBlank(cursor)) {
    const key = readValue(cursor);
    if (!isKeyword(key)) throw complaint(cursor, 'a keyword such as :process');
    if (map.has(key.keyword)) throw complaint(cursor, `:${key.keyword} once`);
    skipBlank(cursor);
    map.set(key.keyword, readValue(cursor));
  }
  if (cursor.at !== text.length - 1) {
    cursor.at += 1;
    throw complaint(cursor, 'the end of the line after the map');
  }
  return map;
}

export function isKeyword(value: EdnValue | undefined): value is { keyword: string } {
  return typeof value === 'object' && value !== null;
}

function readValue(cursor: Cursor): EdnValue {
  if (cursor.text[cursor.at] === '"') return readString(cursor);
  const word = readWord(cursor);
  if (/^:[^:]/.test(word)) return { keyword: word.slice(1) };
  if (/^-?\d{1,15}$/.test(word)) return Number(word);
  if (word === 'nil') return null;
  cursor.at -= word.length;
  throw complaint(cursor, 'a keyword, a whole number, a string or nil');
}

function readWord(cursor: Cursor): string {
  const end = /[\s,{}"]/g;
  end.lastIndex = cursor.at;
  const word = cursor.text.slice(cursor.at, end.exec(cursor.text)?.index);
  cursor.at += word.length;
  return word;
}

function readString(cursor: Cursor): string {
  const parts: string[] = [];
  let start = cursor.at + 1;
  for (let at = start; ; at += 1) {
    const unit = cursor.text[at];
    if (unit === undefined) throw complaint(cursor, 'a string with a closing quote');
    if (unit !== '"' && unit !== '\\') continue;
    parts.push(cursor.text.slice(start, at));
    cursor.at = at + 1;
    if (unit === '"') return parts.join('');
    parts.push(readEscape(cursor));
    start = cursor.at;
    at = start - 1;
  }
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

function expectText(cursor: Cursor, text: string, expected: string): void {
  if (!cursor.text.startsWith(text, cursor.at)) throw complaint(cursor, expected);
  cursor.at += text.length;
}

function skipBlank(cursor: Cursor): void {
  while (/[\s,]/.test(cursor.text.charAt(cursor.at))) cursor.at += 1;
  if (cursor.at >= cursor.text.length) throw complaint(cursor, 'a closing brace');
}

function complaint(cursor: Cursor, expected: string): HistoryFormatError {
  const rest = cursor.text.slice(cursor.at);
  return new HistoryFormatError(cursor.line, rest === '' ? 'the end of the line' : rest, expected);
}
