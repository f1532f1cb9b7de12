/**
 * Reads the basic values of encoding/gob from bytes that may be cut or hostile: nothing throws. Unreadable
 * bytes are dropped, and the cursor then says why. Source: "Encoding Details" in the documentation of
 * Go's encoding/gob.
 */

/**
 * Why reading has stopped: the bytes have ended; they have ended where Go begins a new message; they are not
 * gob; there was more than was asked for.
 */
export type Problem = 'cut' | 'continued' | 'unreadable' | 'limit';

export interface Cursor {
  readonly bytes: Buffer;
  at: number;
  /** Where the bytes end for this cursor. */
  readonly end: number;
  problem: Problem | undefined;
}

/** A cursor on `bytes`, from `at` to the end. */
export function cursorOn(bytes: Buffer, at = 0): Cursor {
  return { bytes, at, end: bytes.length, problem: undefined };
}

/** A whole number above this is shown as its decimal digits. */
const MAX_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** Bytes up to which a number is exact. */
const EXACT_BYTES = 6;

/** Lower values of the first byte are the number itself; higher ones count the bytes that follow. */
const FIRST_COUNT = 0x80;

/** An unsigned integer that counts or names something, and so must be a small one. */
export function readCount(cursor: Cursor): number {
  const length = readLength(cursor);
  if (length <= 0) return -length;
  if (length > EXACT_BYTES) return stop(cursor, 'unreadable');
  return readExact(cursor, length);
}

/** An unsigned integer of any size; decimal digits where a number would not be exact. */
export function readUint(cursor: Cursor): number | string {
  const length = readLength(cursor);
  if (length <= 0) return -length;
  return length <= EXACT_BYTES ? readExact(cursor, length) : showBig(readBig(cursor, length));
}

/** A signed integer that names something. */
export function readId(cursor: Cursor): number {
  return toSigned(readCount(cursor));
}

/** A signed integer of any size; decimal digits where a number would not be exact. */
export function readInt(cursor: Cursor): number | string {
  const length = readLength(cursor);
  if (length <= 0) return toSigned(-length);
  if (length <= EXACT_BYTES) return toSigned(readExact(cursor, length));
  const big = readBig(cursor, length);
  return showBig(big & 1n ? ~(big >> 1n) : big >> 1n);
}

const FLOAT = new DataView(new ArrayBuffer(8));

/** A floating-point number: its eight bytes, reversed, as an unsigned integer. */
export function readFloat(cursor: Cursor): number {
  const length = readLength(cursor);
  FLOAT.setBigUint64(0, 0n);
  if (length <= 0) {
    FLOAT.setUint8(7, -length);
    return FLOAT.getFloat64(0, true);
  }
  for (let index = 8 - length; index < 8; index++) {
    FLOAT.setUint8(index, cursor.bytes[cursor.at++] ?? 0);
  }
  return FLOAT.getFloat64(0, true);
}

/** Notes the first problem; gives a worthless value. */
export function stop(cursor: Cursor, problem: Problem): number {
  cursor.problem ??= problem;
  return 0;
}

/** How many bytes of an integer follow, and are there; of one that is a single byte, its negative value. */
function readLength(cursor: Cursor): number {
  if (cursor.at >= cursor.end) return stop(cursor, 'cut');
  const first = cursor.bytes[cursor.at++] ?? 0;
  if (first < FIRST_COUNT) return -first;
  const length = 0x100 - first;
  if (length > 8) return stop(cursor, 'unreadable');
  return cursor.end - cursor.at < length ? stop(cursor, 'cut') : length;
}

function readExact(cursor: Cursor, length: number): number {
  let value = 0;
  for (let left = length; left > 0; left--) {
    value = value * 0x100 + (cursor.bytes[cursor.at++] ?? 0);
  }
  return value;
}

function readBig(cursor: Cursor, length: number): bigint {
  const hex = cursor.bytes.toString('hex', cursor.at, cursor.at + length);
  cursor.at += length;
  return BigInt(`0x${hex}`);
}

/** The lowest bit says whether the others are complemented. */
function toSigned(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function showBig(value: bigint): number | string {
  return value <= MAX_NUMBER && value >= -MAX_NUMBER ? Number(value) : String(value);
}
