/**
 * Histories as text. Our own format is JSON lines: a header, then an operation a line. Read besides: the same without
 * a header, or as one array; and histories with two entries an operation, as they circulate in the field (Jepsen,
 * Porcupine), in EDN or in JSON. The content tells which one it is. README.md has an example of each.
 */

import { readEdn } from './edn.js';
import { HistoryFormatError } from './history-format-error.js';
import { asEntry, readJson, showJson, type JsonItem } from './json.js';
import type { Operation } from './operation.js';
import { readSteps } from './entry-steps.js';
import { parseOperation, requireConsistent } from './validate.js';

const FORMAT = 'pblab/history/1';

/** Fields by which an item is told to be one of two of an operation. */
const STEP_FIELDS = ['process', 'type', 'f'];

/** Fields by which an item is told to be a whole operation. */
const OPERATION_FIELDS = ['client', 'op', 'callMs'];

/** Our own format; every line ends with a line feed. */
export function writeHistory(operations: readonly Operation[]): string {
  const header = { format: FORMAT, operations: operations.length };
  return [header, ...operations].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The operations in the order of the text. Throws HistoryFormatError. */
export function readHistory(source: string): Operation[] {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const from = startOf(text);
  const start = text.slice(from, from + 1_000);
  if (/^(?:\[\s*)?\{\s*"|^\[\s*(?:\]|["[\d]|$)/.test(start)) return readJsonHistory(text);
  if (/^[{[(#]/.test(start)) return readSteps(readEdn(text));
  const expected = `a header {"format":"${FORMAT}"}, an operation {:process 0, :type :invoke, ...}, or a list of operations`;
  const [got = ''] = start.split(/\r?\n/);
  const line = text.slice(0, from).split('\n').length;
  throw new HistoryFormatError(line, got === '' ? 'an empty text' : got, expected);
}

/** Where white space and comments of EDN are over. */
function startOf(text: string): number {
  let at = 0;
  for (;;) {
    const character = text.charAt(at);
    if (character === ';') {
      const feed = text.indexOf('\n', at);
      at = feed === -1 ? text.length : feed;
    } else if (character === '' || !/[\s,]/.test(character)) return at;
    else at += 1;
  }
}

function readJsonHistory(text: string): Operation[] {
  const [first, ...rest] = readJson(text);
  if (first === undefined) return [];
  if (hasField(first, ['format'])) return readOwnHistory(rest, readHeader(first), first.line);
  const items = [first, ...rest];
  if (hasField(first, STEP_FIELDS)) return readSteps(items.map(requireEntry));
  if (hasField(first, OPERATION_FIELDS)) return readOwnHistory(items);
  const expected = `a header {"format":"${FORMAT}"}, or an object that describes an operation`;
  throw new HistoryFormatError(first.line, showJson(first.value), expected);
}

function hasField({ value }: JsonItem, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(Object(value), name));
}

function requireEntry(item: JsonItem) {
  const entry = asEntry(item);
  if (entry !== undefined) return entry;
  throw new HistoryFormatError(item.line, showJson(item.value), 'one JSON object');
}

function readOwnHistory(
  items: readonly JsonItem[],
  announced?: number,
  headerLine = 1,
): Operation[] {
  const placed = items.map(({ value, line }, at) => ({
    operation: parseOperation(value, line, at),
    line,
  }));
  if (announced !== undefined && announced !== placed.length) {
    const last = placed.at(-1)?.line ?? headerLine;
    const expected = `${announced} operations, as the header says`;
    throw new HistoryFormatError(last, `${placed.length}`, expected);
  }
  requireConsistent(placed);
  return placed.map(({ operation }) => operation);
}

/** How many operations the header announces, if it does. */
function readHeader({ value, line }: JsonItem): number | undefined {
  const header: { format?: unknown; operations?: unknown } = Object(value);
  if (header.format !== FORMAT) {
    throw new HistoryFormatError(line, showJson(value), `a header {"format":"${FORMAT}"}`);
  }
  const { operations } = header;
  if (operations === undefined || typeof operations === 'number') return operations;
  throw new HistoryFormatError(line, showJson(operations), '"operations" to be a number');
}
