/**
 * The encodings in which course systems and spreadsheets write tables: UTF-8, UTF-16, and Windows-1252 for what is
 * neither. A byte-order mark stays in the text, so that what is written back begins as it did.
 */

import { decodeUnicode, utf16Of, type UnicodeEncoding } from '../../../harness/index.js';

export type Encoding = UnicodeEncoding | 'windows-1252';

export interface DecodedText {
  text: string;
  encoding: Encoding;
}

/** The replacement for a character that an encoding does not have. */
const SUBSTITUTE = '?';

/** Windows-1252 from 0x80 to 0x9F; elsewhere it is Latin-1. A space where it has no character. */
const FROM_0X80 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'.split('');

const BYTES = new Map(
  FROM_0X80.flatMap((sign, index) => (sign === ' ' ? [] : [[sign, 0x80 + index] as const])),
);

const UNUSED = new Set(FROM_0X80.flatMap((sign, index) => (sign === ' ' ? [0x80 + index] : [])));

/** The text of these bytes; undefined if they are in none of the encodings. */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const utf16 = utf16Of(bytes);
  const encoding = utf16 ?? 'utf-8';
  const text = decodeUnicode(bytes, encoding);
  if (text !== undefined) return { text, encoding };
  if (utf16 !== undefined) return undefined;
  const isWindows = !bytes.some((byte) => byte === 0 || UNUSED.has(byte));
  return isWindows ? { text: decodeWindows(bytes), encoding: 'windows-1252' } : undefined;
}

/** The text in this encoding, and the characters that it does not have: `?` stands in their place. */
export function encodeText(text: string, encoding: Encoding): { bytes: Buffer; lost: string[] } {
  switch (encoding) {
    case 'utf-8':
      return { bytes: Buffer.from(text), lost: [] };
    case 'utf-16le':
      return { bytes: Buffer.from(text, 'utf16le'), lost: [] };
    case 'utf-16be':
      return { bytes: Buffer.from(text, 'utf16le').swap16(), lost: [] };
    case 'windows-1252':
      return encodeWindows(text);
  }
}

/** Not by a decoder: some versions of Node take Windows-1252 for Latin-1. */
function decodeWindows(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => FROM_0X80[byte - 0x80] ?? String.fromCodePoint(byte)).join('');
}

function encodeWindows(text: string): { bytes: Buffer; lost: string[] } {
  const lost = new Set<string>();
  const bytes = Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const byte = code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : BYTES.get(sign);
    if (byte !== undefined) return byte;
    lost.add(sign);
    return SUBSTITUTE.charCodeAt(0);
  });
  return { bytes: Buffer.from(bytes), lost: [...lost] };
}
