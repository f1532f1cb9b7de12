/**
 * Puts a name and a sentence to a core of contradicting operations. The verdict does not depend on it.
 */

import { describeMs, previewApart, previewKey, previewValue } from '../../history/describe.js';
import type { Operation } from '../../history/operation.js';
import { precedes } from '../../history/precedence.js';
import type { RuleId } from '../../lab/rules.js';
import type { SymptomId } from '../../lab/symptoms.js';
import { canBeMade } from './composition.js';
import type { KeyOperations } from './decide.js';
import { createShows, findDoneTwice, seenBy, type Shows } from './seen-writes.js';

export interface Explanation {
  core: Operation[];
  rule: RuleId;
  symptom: SymptomId;
  /** Kind of the operation the symptom shows on: a get or a puthash. */
  operation: string;
  says: string;
}

type Naming = Pick<Explanation, 'symptom' | 'says'> & { rule?: RuleId };

/** Each core holds one read at least; `key` is everything judged on that key. */
export function explainAll(cores: readonly Operation[][], key: KeyOperations): Explanation[] {
  const shows = createShows(key.writes);
  return cores.map((core) => explain(core, key, shows));
}

function explain(core: Operation[], key: KeyOperations, shows: Shows): Explanation {
  // A puthash has read what it returned.
  const reads = core
    .filter((operation) => seenBy(operation) !== undefined)
    .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0));
  const writes = core.filter(({ op }) => op !== 'get');
  const read = reads.at(-1);
  if (read === undefined) throw new Error('explain: a core without a read');
  const naming =
    nameImpossibleValue(read, core.length, key) ??
    nameLostHash(reads) ??
    nameMissedWrite(reads, writes, key, shows) ??
    nameFutureRead(reads, writes, key, shows) ??
    nameOlderRead(read, reads) ??
    nameDisagreement(
      read,
      core.filter((other) => other !== read),
    );
  return { core, rule: 'kv-latest', operation: read.op, ...naming };
}

/** One read that no order of the writes explains. */
function nameImpossibleValue(
  read: Operation,
  size: number,
  { reads, writes }: KeyOperations,
): Naming | undefined {
  if (size > 1) return undefined;
  const twice = findDoneTwice(read, [...reads, ...writes]);
  if (twice !== undefined) {
    const what =
      twice === read
        ? 'the value that it wrote itself: it was done twice, or its retry got a new answer'
        : `the result of doing ${twice.client}'s ${phraseWrite(twice)} twice`;
    return {
      symptom: 'duplicate-puthash',
      rule: 'kv-at-most-once',
      says: `${phrase(read)}, which is ${what}.`,
    };
  }
  if (canBeMade(seenBy(read) ?? '', writes)) {
    return {
      symptom: 'duplicate-append',
      rule: 'kv-at-most-once',
      says: `${phrase(read)}, which holds an append more often than it was made.`,
    };
  }
  return {
    symptom: 'value-never-written',
    says: `${phrase(read)}, which no order of the writes to that key can produce.`,
  };
}

/** Two puthashes that were told the same value: the one done later has undone the other. */
function nameLostHash(reads: readonly Operation[]): Naming | undefined {
  const [first, second] = reads.filter(({ op }) => op === 'puthash');
  if (first === undefined || second === undefined || first.returned !== second.returned) {
    return undefined;
  }
  const when = describeMs(first.returnMs ?? first.callMs);
  return {
    symptom: 'lost-acknowledged-write',
    says: `${phrase(second)}, but so had ${first.client}'s ${phraseWrite(first)}, acknowledged at ${when}: one of them is lost.`,
  };
}

/**
 * A read that does not show a write acknowledged before it began, where nothing that it shows instead can have
 * overwritten that write.
 */
function nameMissedWrite(
  reads: readonly Operation[],
  writes: readonly Operation[],
  key: KeyOperations,
  shows: Shows,
): Naming | undefined {
  for (const read of reads.toReversed()) {
    const missed = writes
      .filter((write) => precedes(write, read) && !shows(read, write))
      .filter(
        (write) => !key.writes.some((other) => mayHide(other, write, read) && shows(read, other)),
      )
      .toSorted((a, b) => (a.returnMs ?? 0) - (b.returnMs ?? 0))
      .at(-1);
    if (missed === undefined) continue;
    const isLater = (other: Operation) => precedes(read, other) && shows(other, missed);
    const seenLater = key.reads.some(isLater) || key.writes.some(isLater);
    const when = describeMs(missed.returnMs ?? missed.callMs);
    return {
      symptom: seenLater ? 'stale-read' : 'lost-acknowledged-write',
      says: `${phrase(read)}, but ${missed.client}'s ${phraseWrite(missed)} had been acknowledged at ${when}.`,
    };
  }
  return undefined;
}

/**
 * Whether `other` can have taken effect between `write` and `read`, and so have overwritten it. Appends overwrite
 * nothing.
 */
function mayHide(other: Operation, write: Operation, read: Operation): boolean {
  if (other === write || other.op === 'append') return false;
  return !precedes(other, write) && !precedes(read, other);
}

/** A read that shows a write which had not been asked for yet, and none that had. */
function nameFutureRead(
  reads: readonly Operation[],
  writes: readonly Operation[],
  key: KeyOperations,
  shows: Shows,
): Naming | undefined {
  for (const read of reads) {
    if (key.writes.some((other) => shows(read, other) && !precedes(read, other))) continue;
    const write = writes.find((other) => precedes(read, other) && shows(read, other));
    if (write === undefined) continue;
    const what = `${write.client}'s ${phraseWrite(write)}`;
    return {
      symptom: 'value-never-written',
      says: `${phrase(read)}, but ${what} was only asked for at ${describeMs(write.callMs)}.`,
    };
  }
  return undefined;
}

/** A read that goes back behind what a read completed before it had returned. */
function nameOlderRead(read: Operation, reads: readonly Operation[]): Naming | undefined {
  const value = seenBy(read) ?? '';
  const newer = reads.find((other) => {
    const text = seenBy(other) ?? '';
    return precedes(other, read) && text !== value && text.startsWith(value);
  });
  if (newer === undefined) return undefined;
  const when = describeMs(newer.returnMs ?? newer.callMs);
  return {
    symptom: 'stale-read',
    says: `${phrase(read, seenBy(newer))}, but ${newer.client} had already read ${previewApart(seenBy(newer), value)} by ${when}.`,
  };
}

function nameDisagreement(read: Operation, others: readonly Operation[]): Naming {
  const names = others.map((other) =>
    other.op === 'get'
      ? `${other.client}'s get returning ${previewApart(other.value, seenBy(read))}`
      : `${other.client}'s ${phraseWrite(other)}`,
  );
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  return {
    symptom: others.some(({ op }) => op === 'get') ? 'reads-disagree' : 'order-violated',
    says: `${phrase(read, others[0] && seenBy(others[0]))}, which no single order explains together with ${shown.join(' and ')}.`,
  };
}

/** With the value that the reader will compare it with, if there is one. */
function phrase(read: Operation, other?: string): string {
  const { client, op, key, callMs } = read;
  const at = describeMs(callMs);
  const seen = previewApart(seenBy(read), other);
  if (op === 'get') return `${client} read ${previewKey(key)} = ${seen} at ${at}`;
  return `${client}'s ${phraseWrite(read)} to ${previewKey(key)} at ${at} returned ${seen}`;
}

function phraseWrite({ op, value }: Operation): string {
  return `${op} of ${previewValue(value)}`;
}
