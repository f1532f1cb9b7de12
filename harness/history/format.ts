/**
 * Histories as text. Our own format is JSON lines: a header, then an operation a line. Read besides:
 * the two-lines-per-operation EDN of recorded histories that circulate in the field (Jepsen,
 * Porcupine); which one it is is told by content.
 */

import { readEdnHistory } from './edn-format.js';
import { HistoryFormatError } from './history-format-error.js';
import { eachLine } from './lines.js';
import type { Operation } from './operation.js';
import { parseOperation, requireConsistent, type PlacedOperation } from './validate.js';

const FORMAT = 'pblab/history/1';

/** Our own format; every line ends with a line feed. */
export function writeHistory(operations: readonly Operation[]): string {
  const header = { format: FORMAT, operations: operations.length };
  return [header, ...operations].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The operations in the order of the text. Throws HistoryFormatError. */
export function readHistory(text: string): Operation[] {
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith('{:')) return readEdnHistory(text);
  if (start.startsWith('{"')) return readOwnHistory(text);
  const expected = `a header {"format":"${FORMAT}"} or an operation {:process 0, :type :invoke, ...}`;
  throw new HistoryFormatError(1, start === '' ? 'an empty text' : text, expected);
}

function readOwnHistory(text: string): Operation[] {
  const placed: PlacedOperation[] = [];
  let announced: number | undefined;
  let last = 0;
  for (const { line, content } of eachLine(text)) {
    const value = parseJson(content, line);
    if (last === 0) announced = readHeader(value, line);
    else placed.push({ operation: parseOperation(value, line), line });
    last = line;
  }
  if (announced !== undefined && announced !== placed.length) {
    const got = `${placed.length}`;
    throw new HistoryFormatError(last, got, `${announced} operations, as the header says`);
  }
  requireConsistent(placed);
  return placed.map(({ operation }) => operation);
}

/** How many operations the header announces, if it does. */
function readHeader(value: unknown, line: number): number | undefined {
  const header: { format?: unknown; operations?: unknown } = Object(value);
  if (header.format !== FORMAT) {
    throw new HistoryFormatError(line, JSON.stringify(value), `a header {"format":"${FORMAT}"}`);
  }
  const { operations } = header;
  if (operations === undefined || typeof operations === 'number') return operations;
  throw new HistoryFormatError(line, JSON.stringify(operations), '"operations" to be a number');
}

function parseJson(content: string, line: number): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new HistoryFormatError(line, content, 'one JSON object');
  }
}
