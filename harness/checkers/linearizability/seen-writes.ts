/** The value that an operation has seen of a key, and the writes that it shows: for words, not for verdicts. */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../history/operation.js';

/** Most steps back along puthashes that followed one another. */
const MAX_STEPS = 1_000;

/** Most values, times puthashes, that are tried to find one that was done twice. */
const MAX_TRIED = 200_000;

/** The value that a get or an answered puthash returned; undefined for other writes. */
export function seenBy({ op, value = '', returned, outcome }: Operation): string | undefined {
  if (op === 'get') return outcome === 'ok' ? value : undefined;
  return returned;
}

/** The value that an answered puthash wrote. */
export function resultOf({ op, value = '', returned }: Operation): string | undefined {
  return op === 'puthash' && returned !== undefined ? putHashOf(returned, value) : undefined;
}

/** Whether what `read` saw has come about by way of `write`, going by their values. */
export type Shows = (read: Operation, write: Operation) => boolean;

export function createShows(writes: readonly Operation[]): Shows {
  const hashes = writes.filter(({ op }) => op === 'puthash');
  const befores = new Map(hashes.map((hash) => [resultOf(hash), hash.returned]));
  return (read, write) => {
    let text = seenBy(read);
    for (let step = 0; text !== undefined && step < MAX_STEPS; step += 1) {
      if (isMadeBy(text, write)) return true;
      text = befores.get(text);
    }
    return false;
  };
}

/** A puthash that, done once more on what it has made, makes the value that `read` saw. */
export function findDoneTwice(
  read: Operation,
  operations: readonly Operation[],
): Operation | undefined {
  const seen = seenBy(read);
  const hashes = operations.filter(({ op }) => op === 'puthash');
  const again = (hash: Operation) => putHashOf(resultOf(hash) ?? '', hash.value ?? '') === seen;
  const known = [...new Set(['', ...operations.flatMap((other) => textsOf(other))])];
  // Its clerk may have been told the answer of the second time, or no answer at all.
  const unsure = hashes.filter((hash) => hash === read || hash.returned === undefined);
  const makes = (hash: Operation, before: string) => {
    const once = putHashOf(before, hash.value ?? '');
    return (hash === read ? once : putHashOf(once, hash.value ?? '')) === seen;
  };
  const tried = unsure.slice(0, MAX_TRIED / known.length);
  return (
    hashes.find((hash) => hash !== read && hash.returned !== undefined && again(hash)) ??
    tried.find((hash) => known.some((before) => makes(hash, before)))
  );
}

function textsOf(operation: Operation): string[] {
  const written = operation.op === 'put' ? operation.value : resultOf(operation);
  return [seenBy(operation) ?? [], written ?? []].flat();
}

function isMadeBy(text: string, write: Operation): boolean {
  const { op, value = '' } = write;
  if (op === 'append') return text.includes(value);
  const written = op === 'put' ? value : resultOf(write);
  return written !== undefined && text.startsWith(written);
}
