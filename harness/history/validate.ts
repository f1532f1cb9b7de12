/**
 * What must hold in any history, whatever it was written in: fields of the right form, times in
 * order, one operation of a client at a time. Errors carry the line the operation stood on.
 */

import { HistoryFormatError } from './history-format-error.js';
import { asOperationKind, OPERATION_KINDS, type Operation, type Outcome } from './operation.js';
import { showJson } from './json.js';
import { compareOfClient } from './precedence.js';

const OUTCOMES: readonly Outcome[] = ['ok', 'failed', 'indefinite'];

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTime: Check = (value) => Number.isFinite(value);

interface Field {
  required: boolean;
  check: Check;
  expected: string;
}

const FIELDS: Record<keyof Operation, Field> = {
  id: {
    required: true,
    check: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
    expected: 'a whole number from 0',
  },
  client: { required: true, check: (value) => isText(value) && value !== '', expected: 'a name' },
  op: {
    required: true,
    check: (value) => OPERATION_KINDS.some((kind) => kind === value),
    expected: `one of ${OPERATION_KINDS.join(', ')}`,
  },
  key: { required: true, check: isText, expected: 'a text' },
  value: { required: false, check: isText, expected: 'a text' },
  returned: { required: false, check: isText, expected: 'a text' },
  callMs: { required: true, check: isTime, expected: 'a number of ms' },
  returnMs: { required: false, check: isTime, expected: 'a number of ms' },
  outcome: {
    required: true,
    check: (value) => OUTCOMES.some((outcome) => outcome === value),
    expected: `one of ${OUTCOMES.join(', ')}`,
  },
  deadlineMs: {
    required: false,
    check: (value) => isTime(value) && Number(value) >= 0,
    expected: 'a number of ms from 0',
  },
  heldMs: {
    required: false,
    check: (value) => isTime(value) && Number(value) >= 0,
    expected: 'a number of ms from 0',
  },
  error: { required: false, check: isText, expected: 'a text' },
};

/** Fields whose texts may be written as numbers. */
const TEXTS: ReadonlySet<string> = new Set(['key', 'value', 'returned']);

/** An operation with its place in the input. */
export interface PlacedOperation {
  operation: Operation;
  /** From 1. */
  line: number;
}

/**
 * The operation in a parsed JSON value; without an id it has the one given. Keys and values may be whole numbers,
 * which are taken by their digits, and null is the same as nothing. Throws HistoryFormatError.
 */
export function parseOperation(value: unknown, line: number, id: number): Operation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HistoryFormatError(line, show(value), 'an object that describes an operation');
  }
  const operation = { id, ...plainFields(value) };
  requireFields(operation, line);
  requireSense(operation, line);
  return operation;
}

function plainFields(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      if (field === null) return [];
      if (TEXTS.has(name) && Number.isSafeInteger(field)) return [[name, JSON.stringify(field)]];
      const kind = name === 'op' && typeof field === 'string' ? asOperationKind(field) : undefined;
      return [[name, kind ?? field]];
    }),
  );
}

/** Holds operations against each other. Throws HistoryFormatError. */
export function requireConsistent(placed: readonly PlacedOperation[]): void {
  const lines = new Map<number, number>();
  for (const { operation, line } of placed) {
    const earlier = lines.get(operation.id);
    if (earlier !== undefined) {
      const expected = 'an id of its own for every operation';
      throw new HistoryFormatError(line, `id ${operation.id}, as on line ${earlier}`, expected);
    }
    lines.set(operation.id, line);
  }
  requireOneAtATime(placed);
}

/** An operation that was never answered does not bind its client: the client has given it up. */
function requireOneAtATime(placed: readonly PlacedOperation[]): void {
  const byCall = placed.toSorted((a, b) => compareOfClient(a.operation, b.operation));
  const latest = new Map<string, PlacedOperation>();
  for (const next of byCall) {
    const { client, callMs } = next.operation;
    const before = latest.get(client);
    if (before?.operation.returnMs !== undefined && before.operation.returnMs > callMs) {
      const got = `${client} calling at ${callMs} while its operation of line ${before.line} was under way`;
      throw new HistoryFormatError(next.line, got, 'one operation of a client at a time');
    }
    latest.set(client, next);
  }
}

function requireFields(value: object, line: number): asserts value is Operation {
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (!Object.hasOwn(FIELDS, name)) {
      throw new HistoryFormatError(line, `"${name}"`, `no other field than ${fieldNames()}`);
    }
  }
  for (const [name, field] of Object.entries(FIELDS)) {
    requireField(name, field, fields.get(name), line);
  }
}

function requireField(name: string, field: Field, value: unknown, line: number): void {
  if (value === undefined && !field.required) return;
  if (!field.check(value)) {
    throw new HistoryFormatError(line, show(value), `"${name}" to be ${field.expected}`);
  }
}

function requireSense(operation: Operation, line: number): void {
  const { op, value, returned, callMs, returnMs, outcome } = operation;
  if (op !== 'get' && value === undefined) {
    throw new HistoryFormatError(line, 'none', `a "value" for the ${op}`);
  }
  if (op === 'puthash' && outcome === 'ok' && returned === undefined) {
    throw new HistoryFormatError(line, 'none', 'what the puthash "returned"');
  }
  if (returnMs === undefined && outcome === 'ok') {
    throw new HistoryFormatError(line, 'none', '"returnMs" of an operation that is ok');
  }
  if (returnMs !== undefined && returnMs < callMs) {
    throw new HistoryFormatError(line, `${returnMs}`, `"returnMs" not before "callMs" ${callMs}`);
  }
}

function fieldNames(): string {
  return Object.keys(FIELDS).join(', ');
}

function show(value: unknown): string {
  return value === undefined ? 'none' : showJson(value);
}
