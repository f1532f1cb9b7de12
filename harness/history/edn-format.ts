/**
 * Histories in which an operation has two lines, an invoke and an end, as Jepsen and Porcupine record
 * them. The order of the lines is the order of time: line 7 happened at 7 ms.
 */

import { previewValue } from './describe.js';
import { isKeyword, parseEdnMap, type EdnValue } from './edn-map.js';
import { HistoryFormatError } from './history-format-error.js';
import { eachLine } from './lines.js';
import { OPERATION_KINDS, type Operation, type OperationKind } from './operation.js';

const TYPES = ['invoke', 'ok', 'fail', 'info'] as const;

/** One line: something that happened to an operation. */
interface Step {
  line: number;
  process: number;
  type: (typeof TYPES)[number];
  op: OperationKind;
  key: string;
  value: string | null;
}

/**
 * The operations in the order of their invokes. An `info`, or an invoke without an end, is
 * indefinite. Throws HistoryFormatError.
 */
export function readEdnHistory(text: string): Operation[] {
  const operations: Operation[] = [];
  const underWay = new Map<number, Operation>();
  for (const { line, content } of eachLine(text)) {
    const step = parseStep(content, line);
    const pending = underWay.get(step.process);
    if (step.type === 'invoke') {
      if (pending !== undefined) throw secondInvoke(step, pending);
      const operation = invoke(step, operations.length);
      operations.push(operation);
      underWay.set(step.process, operation);
    } else {
      end(step, pending);
      underWay.delete(step.process);
    }
  }
  return operations;
}

function invoke(step: Step, id: number): Operation {
  const { line, process, op, key, value } = step;
  if (op !== 'get' && value === null) {
    throw new HistoryFormatError(line, 'nil', `the :value that the ${op} writes`);
  }
  const written = op === 'get' || value === null ? {} : { value };
  return { id, client: `c${process}`, op, key, ...written, callMs: line, outcome: 'indefinite' };
}

function end(step: Step, pending: Operation | undefined): void {
  const { line, type, op, key, value } = step;
  if (pending?.op !== op || pending.key !== key) {
    const got = `:${type} for ${op} of key ${JSON.stringify(key)} by process ${step.process}`;
    throw new HistoryFormatError(line, got, expectedEnd(pending));
  }
  if (op !== 'get' && value !== null && value !== pending.value) {
    const expected = `the :value of the invoke, ${previewValue(pending.value)}`;
    throw new HistoryFormatError(line, JSON.stringify(value), expected);
  }
  if (type === 'info') return;
  pending.returnMs = line;
  pending.outcome = type === 'ok' ? 'ok' : 'failed';
  if (op === 'get' && type === 'ok') pending.value = value ?? '';
}

function expectedEnd(pending: Operation | undefined): string {
  if (pending === undefined) return 'an :invoke first, and one end for each';
  return `the end of the ${pending.op} of key ${previewValue(pending.key)} invoked on line ${pending.callMs}`;
}

function secondInvoke(step: Step, pending: Operation): HistoryFormatError {
  const expected = `the end of its operation of line ${pending.callMs}`;
  return new HistoryFormatError(step.line, `:invoke by process ${step.process}`, expected);
}

function parseStep(content: string, line: number): Step {
  const map = parseEdnMap(content, line);
  const process = map.get('process');
  if (typeof process !== 'number') throw wrong(line, map, 'process', 'a whole number');
  const key = map.get('key');
  if (typeof key !== 'string') throw wrong(line, map, 'key', 'a string');
  const value = map.get('value') ?? null;
  if (value !== null && typeof value !== 'string')
    throw wrong(line, map, 'value', 'a string or nil');
  const type = parseWord(line, map, 'type', TYPES);
  return { line, process, type, op: parseWord(line, map, 'f', OPERATION_KINDS), key, value };
}

function parseWord<T extends string>(
  line: number,
  map: Map<string, EdnValue>,
  name: string,
  words: readonly T[],
): T {
  const value = map.get(name);
  const word = isKeyword(value) ? words.find((known) => known === value.keyword) : undefined;
  if (word === undefined) throw wrong(line, map, name, `one of :${words.join(', :')}`);
  return word;
}

function wrong(line: number, map: Map<string, EdnValue>, name: string, expected: string): Error {
  const value = map.get(name);
  const got = isKeyword(value) ? `:${value.keyword}` : (JSON.stringify(value) ?? 'none');
  return new HistoryFormatError(line, got, `:${name} to be ${expected}`);
}
