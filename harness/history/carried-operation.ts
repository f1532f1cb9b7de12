/**
 * Tells which client operation a request carries, whatever its protocol. Where the arguments can be read,
 * the key and the written value stand among them; else the written value, or the key of a read, stands in
 * the bytes as it is.
 */

import type { Operation } from './operation.js';

/** Shorter texts occur in the bytes of any request by chance. */
const TELLING_LENGTH = 3;

/** Most values of one request that are looked at. */
const MAX_VALUES = 10_000;

export interface CarryingRequest {
  bytes?: Buffer | undefined;
  /** Undefined where they cannot be read. */
  args?: unknown;
}

/** The one of these operations that the request carries; undefined if it may be none or several. */
export function carriedOperation(
  operations: readonly Operation[],
  { bytes, args }: CarryingRequest,
): Operation | undefined {
  if (operations.length === 0) return undefined;
  const named = operations.filter(args === undefined ? isInBytes(bytes) : isInArguments(args));
  const written = named.filter(({ op }) => op !== 'get');
  // A message with an update names its key as well, so it would be mistaken for a read of that key.
  const meant = written.length > 0 ? written : named;
  return meant.length === 1 ? meant[0] : undefined;
}

function isInBytes(bytes: Buffer | undefined) {
  return ({ op, key, value = '' }: Operation): boolean => {
    const text = op === 'get' ? key : value;
    return text.length >= TELLING_LENGTH && bytes?.includes(text) === true;
  };
}

function isInArguments(args: unknown) {
  const texts = textsIn(args);
  return ({ op, key, value = '' }: Operation): boolean =>
    texts.has(key) && (op === 'get' || texts.has(value));
}

/** The texts anywhere inside plain data. */
function textsIn(args: unknown): Set<string> {
  const texts = new Set<string>();
  const waiting: unknown[] = [args];
  for (let seen = 0; waiting.length > 0 && seen < MAX_VALUES; seen++) {
    const value = waiting.pop();
    if (typeof value === 'string') texts.add(value);
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) waiting.push(inner);
  }
  return texts;
}
