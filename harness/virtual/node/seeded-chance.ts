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
  /** Offset and size are in elements of the view, as in Node. */
  const randomFillSync = <T extends ArrayBuffer | ArrayBufferView>(
    into: T,
    offset = 0,
    size?: number,
  ): T => {
    const all = bytesIn(into);
    const width = elementBytes(into);
    fill(all.subarray(offset * width, size === undefined ? undefined : (offset + size) * width));
    return into;
  };
  const randomInt = (first: number, second?: number) => {
    const [low, high] = second === undefined ? [0, first] : [first, second];
    if (!(low < high)) {
      const says = `The value of "max" is out of range. It must be greater than ${low}. Received ${high}`;
      throw Object.assign(new RangeError(says), { code: 'ERR_OUT_OF_RANGE' });
    }
    // One draw has 27 bits.
    const share = high - low <= 2 ** 27 ? float() : float() + float() / 2 ** 27;
    return low + Math.floor(share * (high - low));
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
  return { float, fill, bytesOf, randomUUID, randomFillSync, randomInt };
}

/** Replaces the sources of chance for the whole program. */
export function seedChance(seed: bigint): void {
  const { float, fill, bytesOf, randomUUID, randomFillSync, randomInt } = chanceFrom(seed);
  const getRandomValues = <T extends ArrayBufferView>(into: T): T => {
    fill(bytesIn(into));
    return into;
  };
  Math.random = float;
  Object.assign(crypto, {
    randomUUID,
    randomFillSync,
    randomFill(into: ArrayBuffer | ArrayBufferView, ...more: unknown[]) {
      const [offset, size] = more.filter((one) => typeof one === 'number');
      const done = more.at(-1);
      randomFillSync(into, offset, size);
      if (typeof done === 'function') process.nextTick(() => void done(null, into));
    },
    randomBytes: answering(bytesOf),
    randomInt: answering(randomInt),
  });
  // The module hands out those of the prototype.
  const prototype: unknown = Object.getPrototypeOf(globalThis.crypto);
  Object.defineProperties(prototype, {
    randomUUID: { value: randomUUID },
    getRandomValues: { value: getRandomValues },
  });
}

function bytesIn(one: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(one)
    ? new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
    : new Uint8Array(one);
}

function elementBytes(one: ArrayBuffer | ArrayBufferView): number {
  return 'BYTES_PER_ELEMENT' in one ? Number(one.BYTES_PER_ELEMENT) : 1;
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
