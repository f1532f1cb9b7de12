/** Texts and bytes in a readable form of limited length. */

/** The text in these bytes; of a longer one its beginning, and how long it is. */
export function showText(bytes: Buffer, from: number, to: number, maxBytes: number): string {
  if (to - from <= maxBytes) return bytes.toString('utf8', from, to);
  return `${bytes.toString('utf8', from, from + maxBytes)}… (${to - from} bytes)`;
}

/** Bytes that may be a text or not: as a text if they are printable, else in hexadecimal. */
export function showBytes(bytes: Buffer, from: number, to: number, maxBytes: number): string {
  const shown = Math.min(to, from + maxBytes);
  if (isPrintable(bytes, from, shown)) return showText(bytes, from, to, maxBytes);
  const rest = shown < to ? `… (${to - from} bytes)` : '';
  return `0x${bytes.toString('hex', from, shown)}${rest}`;
}

const SPACE = 0x20;
const DELETE = 0x7f;
const LINE_BREAKS: readonly number[] = [0x09, 0x0a, 0x0d];

function isPrintable(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if ((byte < SPACE && !LINE_BREAKS.includes(byte)) || byte >= DELETE) return false;
  }
  return true;
}
