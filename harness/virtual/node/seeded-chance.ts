/** Random numbers and bytes of a program from the seed of its page, so that it chooses the same in each run. */

import crypto from 'node:crypto';

/** A generator of 32-bit numbers (Marsaglia 2003, xorshift32). */
function numbersFrom(seed: bigint): () => number {
  let state = Number(BigInt.asUintN(32, seed)) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** The sources of chance of one program. */
export function chanceFrom(seed: bigint) {
  const next = numbersFrom(seed);
  const float = () => (next() >>> 5) / 2 ** 27;
  const fill = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at++) bytes[at] = next() & 0xff;
  };
  const bytesOf = (size: number) => {
    const bytes = Buffer.alloc(size);
    fill(bytes);
    return bytes;
  };
  const randomUUID = () => {
    const bytes = bytesOf(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/s, '$1-$2-$3-$4-');
  };
  return { float, fill, bytesOf, randomUUID };
}

/** Replaces the sources of chance for the whole program. */
export function seedChance(seed: bigint): void {
  const { float, fill, bytesOf, randomUUID } = chanceFrom(seed);
  const getRandomValues = <T extends ArrayBufferView>(into: T): T => {
    fill(new Uint8Array(into.buffer, into.byteOffset, into.byteLength));
    return into;
  };
  Math.random = float;
  Object.assign(crypto, {
    randomUUID,
    randomFillSync: getRandomValues,
    randomBytes: answering(bytesOf),
    randomInt: answering((low: number, high?: number) =>
      high === undefined ? Math.floor(float() * low) : low + Math.floor(float() * (high - low)),
    ),
  });
  // The module hands out those of the prototype.
  const prototype: unknown = Object.getPrototypeOf(globalThis.crypto);
  Object.defineProperties(prototype, {
    randomUUID: { value: randomUUID },
    getRandomValues: { value: getRandomValues },
  });
}

/** As functions of `node:crypto` are: with a callback as the last argument, that gets the answer later. */
function answering<T>(draw: (...args: number[]) => T) {
  return (...args: unknown[]) => {
    const done = args.at(-1);
    const numbers = args.filter((one): one is number => typeof one === 'number');
    const answer = draw(...numbers);
    if (typeof done !== 'function') return answer;
    process.nextTick(() => {
      done(null, answer);
    });
    return undefined;
  };
}
