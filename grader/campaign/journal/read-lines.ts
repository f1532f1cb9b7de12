/** Reads a file line by line without ever holding the whole of it: a journal may have hundreds of megabytes. */

import { readSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

export interface Line {
  /** Without its line feed. */
  text: string;
  /** Whether it has one; only the last line of a file may lack it. */
  isEnded: boolean;
  /** The byte after it and its line feed, counted from the beginning of the file. */
  end: number;
}

/** The lines of an open file from its beginning, whatever has been read of it before. */
export function* readLines(descriptor: number): Generator<Line> {
  let rest = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, position);
    if (length === 0) break;
    const bytes = Buffer.concat([rest, chunk.subarray(0, length)]);
    const offset = position - rest.length;
    let start = 0;
    for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, start)) {
      yield { text: bytes.toString('utf8', start, at), isEnded: true, end: offset + at + 1 };
      start = at + 1;
    }
    rest = bytes.subarray(start);
    position += length;
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), isEnded: false, end: position };
}
