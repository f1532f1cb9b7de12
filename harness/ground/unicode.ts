/** Text in one of the encodings of Unicode, as files of strangers have it: told by its first bytes, and read strictly. */

import { TextDecoder } from 'node:util';

export type Utf16 = 'utf-16le' | 'utf-16be';

export type UnicodeEncoding = 'utf-8' | Utf16;

/**
 * UTF-16 by its byte order mark, or by the zero beside its first character, which must be one of ASCII; undefined for
 * anything else, which may be UTF-8.
 */
export function utf16Of([first = 1, second = 1]: Uint8Array): Utf16 | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}

/** The text, with its byte order mark if it has one; undefined if these bytes are none in the encoding. */
export function decodeUnicode(bytes: Uint8Array, encoding: UnicodeEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
