/** What a failure about the data is about: a write that a read does not show, or shows twice, or two writes in two orders. */

import { putHashOf } from '../../../reference/protocol.js';
import { commonLength } from '../../ground/common-length.js';
import type { History, Operation } from '../../history/operation.js';
import { precedes } from '../../history/precedence.js';
import type { SymptomId } from '../../lab/symptoms.js';
import type { FailFinding } from '../../lab/verdict.js';

export type Issue =
  /** `shownBy` is an earlier read that shows the write, if that is how it is known to have been done. */
  | { kind: 'missed'; read: Operation; write: Operation; shownBy?: Operation }
  | { kind: 'twice'; read: Operation; write: Operation }
  /** `one` shows `first` and then `second`, or only the former; `other` shows them the other way round. */
  | { kind: 'swapped'; one: Operation; other: Operation; first: Operation; second: Operation }
  /** A server answered it that had to refuse it. */
  | { kind: 'unentitled'; operation: Operation }
  /** The client asked for `earlier` first, and the read shows it behind `later`. */
  | { kind: 'overtaken'; read: Operation; earlier: Operation; later: Operation };

const MISSED: ReadonlySet<SymptomId> = new Set<SymptomId>([
  'lost-acknowledged-write',
  'stale-read',
]);
const TWICE: ReadonlySet<SymptomId> = new Set<SymptomId>(['duplicate-append', 'duplicate-puthash']);
const DISAGREEING: ReadonlySet<SymptomId> = new Set<SymptomId>([
  'reads-disagree',
  'order-violated',
  'replicas-diverged',
]);

/** Undefined if the failure is about something else, or it cannot be told. */
export function issueOf(
  { symptom, evidence: { operations } }: FailFinding,
  history: History,
): Issue | undefined {
  if (symptom === 'answered-without-right') return unentitled(operations);
  const reads = operations
    .filter((operation) => seenBy(operation) !== undefined)
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0));
  const read = reads.at(-1);
  if (read === undefined) return undefined;
  const writes = history.filter(({ op, key }) => op !== 'get' && key === read.key);
  if (MISSED.has(symptom)) return missed(reads, operations) ?? disagreement(reads, writes);
  if (TWICE.has(symptom)) return twice(read, writes);
  if (symptom === 'append-order') return overtaken(read, writes);
  return DISAGREEING.has(symptom) ? disagreement(reads, writes) : undefined;
}

function unentitled(operations: History): Issue | undefined {
  const operation = operations.findLast(({ outcome }) => outcome === 'ok');
  return operation && { kind: 'unentitled', operation };
}

/** The value that it has read; undefined for a write that reads nothing, or an operation without an answer. */
function seenBy({ op, outcome, value = '', returned = '' }: Operation): string | undefined {
  if (outcome !== 'ok') return undefined;
  if (op === 'get') return value;
  return op === 'puthash' ? returned : undefined;
}

function missed(reads: History, operations: History): Issue | undefined {
  for (const read of reads.toReversed()) {
    const write = operations
      .filter((one) => one.op !== 'get' && one !== read && one.outcome === 'ok')
      .filter((one) => precedes(one, read) && !shows(read, one))
      .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0))
      .at(-1);
    if (write !== undefined) return { kind: 'missed', read, write };
  }
  return undefined;
}

function shows(read: Operation, { op, value = '', returned = '' }: Operation): boolean {
  const seen = seenBy(read) ?? '';
  return seen.includes(op === 'puthash' ? putHashOf(returned, value) : value);
}

function twice(read: Operation, writes: History): Issue | undefined {
  const seen = seenBy(read) ?? '';
  const write = writes.find((one) =>
    one.op === 'puthash' ? isHashedTwice(one, read, seen) : isThereTwice(one, writes, seen),
  );
  return write && { kind: 'twice', read, write };
}

function isHashedTwice(write: Operation, read: Operation, seen: string): boolean {
  const { value = '', returned, outcome } = write;
  if (outcome !== 'ok' || returned === undefined) return false;
  if (write === read) return false;
  return putHashOf(putHashOf(returned, value), value) === seen;
}

function isThereTwice({ op, value = '' }: Operation, writes: History, seen: string): boolean {
  if (op !== 'append' || value === '') return false;
  const made = writes.filter((one) => one.value === value).length;
  return seen.split(value).length - 1 > made;
}

function overtaken(read: Operation, writes: History): Issue | undefined {
  const seen = seenBy(read) ?? '';
  const placed = writes
    .filter(({ op, value = '' }) => op === 'append' && seen.includes(value) && value !== '')
    .toSorted((a, b) => seen.indexOf(a.value ?? '') - seen.indexOf(b.value ?? ''));
  for (const earlier of placed) {
    const later = placed
      .slice(0, placed.indexOf(earlier))
      .find(({ client, id }) => client === earlier.client && id > earlier.id);
    if (later !== undefined) return { kind: 'overtaken', read, earlier, later };
  }
  return undefined;
}

/** Where the values of two reads, one after the other, part. */
function disagreement(reads: History, writes: History): Issue | undefined {
  for (const [at, one] of reads.entries()) {
    const other = reads[at + 1];
    const issue = other && partingOf(one, other, writes);
    if (issue !== undefined) return issue;
  }
  return undefined;
}

function partingOf(one: Operation, other: Operation, writes: History): Issue | undefined {
  const [a = '', b = ''] = [seenBy(one), seenBy(other)];
  if (a === b || one.key !== other.key) return undefined;
  const again = twice(other, writes);
  if (again !== undefined) return again;
  const at = commonLength(a, b);
  const [first, second] = [writeAt(a, at, writes), writeAt(b, at, writes)];
  if (
    first !== undefined &&
    second !== undefined &&
    (b.includes(first.value ?? '') || isRegister(first, second))
  )
    return { kind: 'swapped', one, other, first, second };
  // A value may grow from one read to the next, but it never shrinks.
  if (first === undefined || b.includes(first.value ?? '')) return undefined;
  return { kind: 'missed', read: other, write: first, shownBy: one };
}

function isRegister(first: Operation, second: Operation): boolean {
  return first.op === 'put' && second.op === 'put';
}

/** The write whose value stands at this place of a read value. */
function writeAt(seen: string, at: number, writes: History): Operation | undefined {
  const found = writes.filter(({ value = '' }) => {
    const start = value === '' ? -1 : seen.indexOf(value);
    return start >= 0 && start <= at && at < start + value.length;
  });
  return found.length === 1 ? found[0] : undefined;
}
