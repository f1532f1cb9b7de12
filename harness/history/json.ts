/** Reads operations written as JSON objects: one a line, or as the items of one array. */

import type { Entry, Field } from './entry.js';
import { isExact } from './exact-number.js';
import { HistoryFormatError } from './history-format-error.js';
import { eachLine } from './numbered-lines.js';

const NAMES: Readonly<Record<string, string>> = { '}': 'brace', ']': 'bracket' };

/** A time with the name of its field. */
const TIME = /"(callMs|returnMs|deadlineMs|heldMs)"\s*:\s*(-?\d[\d.eE+-]*)/g;

/** An item of the text with its place. */
export interface JsonItem {
  /** Where it begins, from 1. */
  line: number;
  value: unknown;
}

/** The items of the text, in its order. Throws HistoryFormatError. */
export function readJson(text: string): JsonItem[] {
  if (text.trimStart().startsWith('[')) return readArray(text);
  return Array.from(eachLine(text), ({ line, content }) => ({
    line,
    value: parse(content, line, 'one JSON object on the line'),
  }));
}

/** The fields of an item; undefined if it is not an object. */
export function asEntry({ line, value }: JsonItem): Entry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = Object.entries(value).map(([name, part]) => [name, asField(part, 0)] as const);
  return { line, fields: new Map(fields), write: (name) => JSON.stringify(name) };
}

/** A list of lists is looked into no further: nothing that is read looks like that. */
function asField(value: unknown, depth: number): Field {
  if (value === null) return { kind: 'nothing' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (Number.isSafeInteger(value)) return { kind: 'whole', text: JSON.stringify(value) };
  const source = showJson(value);
  return Array.isArray(value) && depth === 0
    ? { kind: 'list', items: value.map((item) => asField(item, depth + 1)), source }
    : { kind: 'other', source };
}

/** A value as JSON, for messages; one that is nested too deep for that is only named. */
export function showJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'values nested too deep';
  }
}

function parse(content: string, line: number, expected: string): unknown {
  const value = parseItem(content, line, expected);
  requireExactTimes(content, line);
  return value;
}

function parseItem(content: string, line: number, expected: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new HistoryFormatError(line, content, expected);
  }
}

/** Looks at the text, because the times have been rounded once they are parsed. A quote in a string is escaped. */
function requireExactTimes(content: string, line: number): void {
  for (const [, name = '', literal = ''] of content.matchAll(TIME)) {
    if (isExact(literal)) continue;
    const expected = `"${name}" to be a number of ms that a double can hold, such as ms since the start of the run`;
    throw new HistoryFormatError(line, literal, expected);
  }
}

/** The items of an array, each parsed by itself, so that a mistake in one has its line. */
function readArray(text: string): JsonItem[] {
  const items: JsonItem[] = [];
  const mark = /["[\]{},\n]/g;
  /** The characters that must close the open brackets and braces. */
  const closers: string[] = [];
  let line = 1;
  let start = 0;
  let startLine = 1;
  const take = (end: number) => {
    const raw = text.slice(start, end);
    const content = raw.trim();
    const itemLine = startLine + feedsIn(raw.slice(0, raw.length - raw.trimStart().length));
    start = end + 1;
    startLine = line;
    if (content === '') return;
    const value = parse(content, itemLine, 'one JSON object, and a comma between two');
    items.push({ line: itemLine, value });
  };
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const at = found.index;
    const [character] = found;
    if (character === '\n') line += 1;
    else if (character === '"') mark.lastIndex = endOfString(text, at, line);
    else if (character === '[' || character === '{') {
      closers.push(character === '[' ? ']' : '}');
      if (closers.length > 1) continue;
      start = at + 1;
      startLine = line;
    } else if (character === ',') {
      if (closers.length === 1) take(at);
    } else {
      const closer = closers.pop();
      if (character !== closer) {
        throw new HistoryFormatError(line, text.slice(at), `a closing ${NAMES[closer ?? '']}`);
      }
      if (closers.length > 0) continue;
      take(at);
      requireEnd(text, at + 1, line);
      return items;
    }
  }
  throw new HistoryFormatError(line, 'the end of the text', 'a closing bracket of the array');
}

/** Just behind the closing quote of the string that begins here. */
function endOfString(text: string, begin: number, line: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = begin + 1;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '"') return found.index + 1;
    mark.lastIndex = found.index + 2;
  }
  throw new HistoryFormatError(line, text.slice(begin), 'a string with a closing quote');
}

function requireEnd(text: string, from: number, line: number): void {
  const rest = text.slice(from);
  const [blank = ''] = /^\s*/.exec(rest) ?? [];
  if (blank.length === rest.length) return;
  throw new HistoryFormatError(line + feedsIn(blank), rest.trim(), 'nothing after the array');
}

function feedsIn(text: string): number {
  return text.split('\n').length - 1;
}
