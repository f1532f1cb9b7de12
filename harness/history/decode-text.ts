/** The text of a history file, whatever a program or an editor has encoded it in. */

import { decodeUnicode, utf16Of, withoutByteOrderMark } from '../ground/unicode.js';
import { HistoryFormatError } from './history-format-error.js';

/** UTF-8 or UTF-16, with a byte order mark or without. Throws HistoryFormatError if it is neither. */
export function decodeHistory(bytes: Uint8Array): string {
  // All formats begin with a character of ASCII.
  const encoding = utf16Of(bytes) ?? 'utf-8';
  const text = decodeUnicode(bytes, encoding);
  if (text !== undefined) return withoutByteOrderMark(text);
  const line = encoding === 'utf-8' ? lineOfFirstFault(bytes) : 1;
  throw new HistoryFormatError(line, `bytes that are not ${encoding.toUpperCase()}`, 'text');
}

function lineOfFirstFault(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let feed = bytes.indexOf(0x0a); feed !== -1; feed = bytes.indexOf(0x0a, start)) {
    if (decodeUnicode(bytes.subarray(start, feed), 'utf-8') === undefined) return line;
    line += 1;
    start = feed + 1;
  }
  return line;
}
