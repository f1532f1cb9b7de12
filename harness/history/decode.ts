/** The text of a history file, whatever a program or an editor has encoded it in. */

import { HistoryFormatError } from './history-format-error.js';

/** UTF-8 or UTF-16, with a byte order mark or without. Throws HistoryFormatError if it is neither. */
export function decodeHistory(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const line = encoding === 'utf-8' ? lineOfFirstFault(bytes) : 1;
    throw new HistoryFormatError(line, `bytes that are not ${encoding.toUpperCase()}`, 'text');
  }
}

/** All formats begin with a character of ASCII, which has a zero beside it in UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

function lineOfFirstFault(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let feed = bytes.indexOf(0x0a); feed !== -1; feed = bytes.indexOf(0x0a, start)) {
    if (!isUtf8(bytes.subarray(start, feed))) return line;
    line += 1;
    start = feed + 1;
  }
  return line;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
