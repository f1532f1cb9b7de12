/**
 * Histories in which an operation has two entries, an invoke and an end, as Jepsen and Porcupine record them. The
 * order of the entries is the order of time: what stands on line 7 happened at 7 ms.
 */

import { previewValue } from './describe.js';
import { showField, type Entry, type Field } from './entry.js';
import { HistoryFormatError } from './history-format-error.js';
import {
  asOperationKind,
  OPERATION_WORDS,
  type Operation,
  type OperationKind,
} from './operation.js';

const TYPES = ['invoke', 'ok', 'fail', 'info'] as const;

/** The key of operations that name none: all are of one register. */
const REGISTER = 'register';

/** The process that makes faults. */
const NEMESES = ['nemesis', ':nemesis'];

/** Operations of clients that are known, and refused. */
const UNJUDGED = ['cas', 'txn', 'delete', 'increment'];

/** Something that happened to an operation. */
interface Step {
  line: number;
  client: string;
  type: (typeof TYPES)[number];
  op: OperationKind;
  /** Absent if none is named. */
  key: string | undefined;
  /** Absent for nil. */
  value: string | undefined;
  /** Whether the entry has a value, be it nil. */
  hasValue: boolean;
  write: Entry['write'];
}

/** An operation under way. */
interface Pending {
  operation: Operation;
  line: number;
}

/** Which line was the first to name a key, and which the first not to. */
interface Naming {
  keyed?: number;
  keyless?: number;
}

/**
 * The operations in the order of their invokes. An `info`, or an invoke without an end, is indefinite. What
 * clients did not do is skipped. Throws HistoryFormatError.
 */
export function readSteps(entries: readonly Entry[]): Operation[] {
  const operations: Operation[] = [];
  const clients = findClients(entries);
  const underWay = new Map<string, Pending>();
  const naming: Naming = {};
  let atMs = 0;
  for (const entry of entries) {
    // Several may stand on one line.
    atMs = Math.max(atMs + 1, entry.line);
    const client = nameOf(entry);
    if (!clients.has(client)) continue;
    const step = parseStep(entry, client);
    const pending = underWay.get(client);
    if (step.type === 'invoke') {
      if (pending !== undefined) throw secondInvoke(step, pending);
      requireSameNaming(step, naming);
      const operation = invoke(step, operations.length, atMs);
      operations.push(operation);
      underWay.set(client, { operation, line: step.line });
    } else {
      end(step, pending, atMs);
      underWay.delete(client);
    }
  }
  return operations;
}

/** The processes that are clients: those with a number, and those with another name that ever use a register. */
function findClients(entries: readonly Entry[]): ReadonlySet<string> {
  const using = entries.filter(
    ({ fields }) =>
      fields.get('process')?.kind === 'whole' || isOfRegister(wordOf(fields.get('f'))),
  );
  const names = new Set(using.map(nameOf));
  for (const nemesis of NEMESES) names.delete(nemesis);
  return names;
}

/** Operations of clients that cannot be judged count as well: they must not be passed over. */
function isOfRegister(word: string | undefined): boolean {
  return word !== undefined && (UNJUDGED.includes(word) || asOperationKind(word) !== undefined);
}

/** Process 1, "c1" and :c1 are three. */
function nameOf(entry: Entry): string {
  const process = entry.fields.get('process');
  if (process?.kind === 'whole') return `c${process.text}`;
  if (process?.kind === 'word') return `:${process.text}`;
  if (process?.kind === 'text' && process.text !== '') {
    return /^c-?\d+$/.test(process.text) ? JSON.stringify(process.text) : process.text;
  }
  throw wrong(entry, 'process', 'a whole number, or the name of a client');
}

function invoke(step: Step, id: number, callMs: number): Operation {
  const { line, client, op, key = REGISTER, value, write } = step;
  if (op === 'get') return { id, client, op, key, callMs, outcome: 'indefinite' };
  if (value === undefined) {
    throw new HistoryFormatError(line, 'nil', `the ${write('value')} that the ${op} writes`);
  }
  return { id, client, op, key, value, callMs, outcome: 'indefinite' };
}

function end(step: Step, pending: Pending | undefined, atMs: number): void {
  const { line, client, type, op, value, hasValue, write } = step;
  const operation = pending?.operation;
  // An end that names no key ends what is under way.
  const key = step.key ?? operation?.key;
  if (operation?.op !== op || operation.key !== key) {
    const of = key === undefined ? '' : ` of key ${JSON.stringify(key)}`;
    throw new HistoryFormatError(
      line,
      `:${type} for ${op}${of} by ${client}`,
      expectedEnd(pending),
    );
  }
  if (op !== 'get' && value !== undefined && value !== operation.value) {
    const expected = `the ${write('value')} of the invoke, ${previewValue(operation.value)}`;
    throw new HistoryFormatError(line, JSON.stringify(value), expected);
  }
  if (op === 'get' && type === 'ok' && !hasValue) {
    throw new HistoryFormatError(line, 'none', `the ${write('value')} that the ${op} returned`);
  }
  if (type === 'info') return;
  operation.returnMs = atMs;
  operation.outcome = type === 'ok' ? 'ok' : 'failed';
  if (op === 'get' && type === 'ok') operation.value = value ?? '';
}

function expectedEnd(pending: Pending | undefined): string {
  if (pending === undefined) return 'an :invoke first, and one end for each';
  const { op, key } = pending.operation;
  return `the end of the ${op} of key ${previewValue(key)} invoked on line ${pending.line}`;
}

function secondInvoke({ line, client }: Step, pending: Pending): HistoryFormatError {
  const expected = `the end of its operation of line ${pending.line}`;
  return new HistoryFormatError(line, `:invoke by ${client}`, expected);
}

/** One register has no keys, and where there are keys each operation has one. */
function requireSameNaming({ line, key }: Step, naming: Naming): void {
  if (key === undefined) naming.keyless ??= line;
  else naming.keyed ??= line;
  const { keyed, keyless } = naming;
  if (keyed === undefined || keyless === undefined) return;
  const [got, expected] =
    key === undefined
      ? ['no key', `a key, as on line ${keyed}`]
      : [`key ${previewValue(key)}`, `no key, as on line ${keyless}`];
  throw new HistoryFormatError(line, got, expected);
}

function parseStep(entry: Entry, client: string): Step {
  const { line, write } = entry;
  const type = TYPES.find((known) => known === wordOf(entry.fields.get('type')));
  if (type === undefined) throw wrong(entry, 'type', oneOf(TYPES, entry));
  const word = wordOf(entry.fields.get('f'));
  const op = word === undefined ? undefined : asOperationKind(word);
  if (op === undefined) {
    const note = word === 'cas' ? ' (compare-and-set cannot be judged)' : '';
    throw wrong(entry, 'f', `${oneOf(OPERATION_WORDS, entry)}${note}`);
  }
  const { key, value } = parseKeyAndValue(entry);
  // Only a register goes without a key, and its operations are reads and writes.
  if (key === undefined && type === 'invoke' && word === op) {
    throw wrong(entry, 'key', 'a string or a whole number');
  }
  return { line, client, type, op, key, value, hasValue: entry.fields.has('value'), write };
}

/** The value of an operation on one of many keys may hold its key as well: `[7 2]` is 2 for key 7. */
function parseKeyAndValue(entry: Entry): Pick<Step, 'key' | 'value'> {
  const field = entry.fields.get('value');
  const named = entry.fields.get('key');
  const key = named && datumOf(named);
  if (key === null) throw wrong(entry, 'key', 'a string or a whole number');
  if (key === undefined && field?.kind === 'list' && field.items.length === 2) {
    const [first, second] = field.items.map(datumOf);
    if (typeof first === 'string' && second !== null) return { key: first, value: second };
  }
  const value = field && datumOf(field);
  if (value === null) {
    throw wrong(
      entry,
      'value',
      'a string, a whole number or nil, or a pair of a key and one of them',
    );
  }
  return { key, value };
}

/** The text of a string, a number or a keyword; undefined for nil, null for anything else. */
function datumOf(field: Field): string | undefined | null {
  if (field.kind === 'text' || field.kind === 'whole') return field.text;
  if (field.kind === 'word') return `:${field.text}`;
  return field.kind === 'nothing' ? undefined : null;
}

/** JSON has no keywords: a text stands for one, with its colon or without. */
function wordOf(field: Field | undefined): string | undefined {
  if (field?.kind === 'word') return field.text;
  return field?.kind === 'text' ? field.text.replace(/^:/, '') : undefined;
}

function oneOf(words: readonly string[], { write }: Entry): string {
  return `one of ${words.map(write).join(', ')}`;
}

function wrong(entry: Entry, name: string, expected: string): HistoryFormatError {
  const { line, fields, write } = entry;
  return new HistoryFormatError(
    line,
    showField(fields.get(name)),
    `${write(name)} to be ${expected}`,
  );
}
