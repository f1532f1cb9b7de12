/**
 * Puts a name and a sentence to a core of contradicting operations. The verdict does not depend on it.
 */

import { describeMs, previewKey, previewValue } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import type { RuleId } from '../../rules.js';
import { canBeMade, type KeyWrites } from './composition.js';
import type { KeyOperations } from './core.js';
import { readValue } from './problem.js';

export interface Explanation {
  core: Operation[];
  rule: RuleId;
  symptom: string;
  /** Kind of the operation the symptom shows on: always a get. */
  operation: string;
  says: string;
}

type Naming = Pick<Explanation, 'symptom' | 'says'> & { rule?: RuleId };

/** `core` holds at least one read; `key` is everything judged on that key. */
export function explain(core: Operation[], key: KeyOperations): Explanation {
  const reads = core
    .filter(({ op }) => op === 'get')
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0));
  const writes = core.filter(({ op }) => op !== 'get');
  const read = reads.at(-1);
  if (read === undefined) throw new Error('explain: a core without a read');
  const naming =
    nameImpossibleValue(read, reads.length + writes.length, key.writes) ??
    nameMissedWrite(read, writes, key.reads) ??
    nameFutureRead(reads, writes) ??
    nameOlderRead(read, reads) ??
    nameDisagreement(read, [...reads.slice(0, -1), ...writes]);
  return { core, rule: 'kv-latest', operation: 'get', ...naming };
}

/** One read that no order of the writes explains. */
function nameImpossibleValue(read: Operation, size: number, writes: KeyWrites): Naming | undefined {
  if (size > 1) return undefined;
  if (canBeMade(readValue(read), writes)) {
    return {
      symptom: 'duplicate-append',
      rule: 'kv-at-most-once',
      says: `${phrase(read)}, which holds an append more often than it was made.`,
    };
  }
  return {
    symptom: 'value-never-written',
    says: `${phrase(read)}, which no order of the puts and appends to that key can produce.`,
  };
}

/** A read that does not show a write acknowledged before it began. */
function nameMissedWrite(
  read: Operation,
  writes: readonly Operation[],
  allReads: readonly Operation[],
): Naming | undefined {
  const missed = writes
    .filter((write) => precedes(write, read) && !shows(read, write))
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0))
    .at(-1);
  if (missed === undefined) return undefined;
  const seenLater = allReads.some((other) => precedes(read, other) && shows(other, missed));
  const what = `${missed.client}'s ${missed.op} of ${previewValue(missed.value)}`;
  const when = describeMs(missed.returnMs ?? missed.callMs);
  return {
    symptom: seenLater ? 'stale-read' : 'lost-acknowledged-write',
    says: `${phrase(read)}, but ${what} had been acknowledged at ${when}.`,
  };
}

/** A read that shows a write which had not been asked for yet. */
function nameFutureRead(
  reads: readonly Operation[],
  writes: readonly Operation[],
): Naming | undefined {
  for (const read of reads) {
    const write = writes.find((other) => precedes(read, other) && shows(read, other));
    if (write === undefined) continue;
    const what = `${write.client}'s ${write.op} of ${previewValue(write.value)}`;
    return {
      symptom: 'value-never-written',
      says: `${phrase(read)}, but ${what} was only asked for at ${describeMs(write.callMs)}.`,
    };
  }
  return undefined;
}

/** A read that goes back behind what a read completed before it had returned. */
function nameOlderRead(read: Operation, reads: readonly Operation[]): Naming | undefined {
  const newer = reads.find(
    (other) =>
      precedes(other, read) &&
      readValue(other) !== readValue(read) &&
      readValue(other).startsWith(readValue(read)),
  );
  if (newer === undefined) return undefined;
  const when = describeMs(newer.returnMs ?? newer.callMs);
  return {
    symptom: 'stale-read',
    says: `${phrase(read)}, but ${newer.client} had already read ${previewValue(newer.value)} by ${when}.`,
  };
}

function nameDisagreement(read: Operation, others: readonly Operation[]): Naming {
  const names = others.map(
    (other) =>
      `${other.client}'s ${other.op} ${other.op === 'get' ? 'returning' : 'of'} ${previewValue(other.value)}`,
  );
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return {
    symptom: others.some(({ op }) => op === 'get') ? 'reads-disagree' : 'order-violated',
    says: `${phrase(read)}, which no single order explains together with ${shown.join(' and ')}.`,
  };
}

function precedes(a: Operation, b: Operation): boolean {
  return a.outcome === 'ok' && a.returnMs !== undefined && a.returnMs < b.callMs;
}

function shows(read: Operation, { op, value = '' }: Operation): boolean {
  return op === 'put' ? readValue(read).startsWith(value) : readValue(read).includes(value);
}

function phrase({ client, key, value, callMs }: Operation): string {
  return `${client} read ${previewKey(key)} = ${previewValue(value)} at ${describeMs(callMs)}`;
}
