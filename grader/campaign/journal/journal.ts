/**
 * The journal of a grading: every record of every attempt, in the order of their arrival, in an
 * append-only file of JSON lines. A record that `append` acknowledged survives `kill -9` and, as far
 * as the disk keeps its word, a power cut. What the records mean together is fold.ts.
 *
 * One process at a time writes a journal; the lock of lock.ts sees to that.
 */

import { closeSync, constants, lstatSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  invocation,
  openRegularFileSync,
  shellWord,
  type RunRecord,
} from '../../../harness/index.js';
import { JournalError } from '../../ground/exit-code.js';
import { decodeLine, encodeLine, type DecodedLine } from './journal-line.js';
import { readLines, type Line } from './read-lines.js';
import { createSharer } from './share-parts.js';
import { syncFolder } from '../../files/write-file-atomically.js';

export const JOURNAL_FILE = 'journal.jsonl';

/** A line that holds no record: its run counts as not done. */
export interface DamagedLine {
  /** From 1. */
  line: number;
  /** A phrase such as `its checksum does not match its record`. */
  why: string;
}

/** The content of a journal when it was read. */
export interface JournalContent {
  /** In file order, all attempts. */
  records: RunRecord[];
  damaged: DamagedLine[];
}

export interface Journal extends JournalContent {
  /**
   * Adds a record; the promise is kept once it is on the disk. Calls may overlap and are written in
   * the order of the calls. When the disk is full or failing the promise is rejected with a
   * `JournalError`, no part of the record stays in the file, and a later append may succeed.
   */
  append(record: RunRecord): Promise<void>;
  /** Waits for appends under way, then closes the file. */
  close(): Promise<void>;
}

/** The part of a file handle that the journal writes with. */
export type JournalFile = Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>;

/**
 * Opens a journal for appending and reads what it holds; the file is created when it is missing. A
 * torn last line, the trace of a crash, is reported in `damaged` and cut off before the next append;
 * any other damaged line is reported and left where it is.
 */
export async function openJournal(file: string): Promise<Journal> {
  // An existing entry must be a regular file: opening a FIFO would wait.
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) closeSync(openToRead(file));
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await open(file, flags, 0o644);
  try {
    const { records, damaged, length, tornTail } = scan(readLines(handle.fd));
    await syncFolder(dirname(file));
    return { records, damaged, ...createAppender(file, handle, { length, torn: tornTail }) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads a journal without changing it; a missing file is an empty journal. */
export function readJournal(file: string): JournalContent {
  const { records, damaged } = scan(linesOf(file));
  return { records, damaged };
}

/**
 * The records of a journal, one after the other and none of them kept; a missing file has none. `onDamage` gets the
 * lines that hold none.
 */
export function* readRecords(
  file: string,
  onDamage: (damaged: DamagedLine, line: Line) => void = () => {},
): Generator<RunRecord> {
  let number = 0;
  for (const line of linesOf(file)) {
    number += 1;
    const read = readLine(line);
    if (read.kind === 'record') yield read.record;
    else onDamage({ line: number, why: read.why }, line);
  }
}

/**
 * The writing half of a journal, over an open file whose first `length` bytes are whole lines; `torn`
 * says that something else follows them.
 */
export function createAppender(
  file: string,
  handle: JournalFile,
  state: { length: number; torn: boolean },
): Pick<Journal, 'append' | 'close'> {
  let { length, torn } = state;
  let last: Promise<void> = Promise.resolve();

  async function repair(): Promise<void> {
    await handle.truncate(length);
    torn = false;
  }

  async function write(line: Buffer): Promise<void> {
    try {
      if (torn) await repair();
      torn = true;
      await writeWhole(handle, line, length);
      await handle.datasync();
      length += line.length;
      torn = false;
    } catch (cause) {
      // When even this fails `torn` stays set, and the next append or the next reader sees to it.
      await repair().catch(() => undefined);
      throw new JournalError(file, adviceFor(file, cause), cause);
    }
  }

  return {
    async append(record) {
      const line = Buffer.from(encodeLine(record));
      const written = last.then(() => write(line));
      last = written.catch(() => undefined);
      await written;
    },
    async close() {
      await last;
      await handle.close();
    },
  };
}

interface Scan extends JournalContent {
  /** Bytes up to and including the last line that is to be kept. */
  length: number;
  /** Whether anything follows them. */
  tornTail: boolean;
}

function scan(lines: Iterable<Line>): Scan {
  const found: Scan = { records: [], damaged: [], length: 0, tornTail: false };
  const share = createSharer();
  let number = 0;
  let end = 0;
  for (const line of lines) {
    // Something follows it, so it was not the last one, and stays.
    found.length = end;
    number += 1;
    end = line.end;
    const read = readLine(line);
    if (read.kind === 'record') {
      found.records.push(share(read.record));
      found.length = end;
    } else {
      found.damaged.push({ line: number, why: read.why });
    }
  }
  found.tornTail = found.length < end;
  return found;
}

function readLine({ text, isEnded }: Line): DecodedLine {
  // A line without its end was never acknowledged, even if its record happens to be complete.
  return isEnded ? decodeLine(text) : { kind: 'damaged', why: 'it breaks off before its end' };
}

/** The lines of a journal; a missing file has none. */
export function* linesOf(file: string): Generator<Line> {
  const descriptor = openIfPresent(file);
  if (descriptor === undefined) return;
  try {
    yield* readLines(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function openIfPresent(file: string): number | undefined {
  return lstatSync(file, { throwIfNoEntry: false }) === undefined ? undefined : openToRead(file);
}

function openToRead(file: string): number {
  return openRegularFileSync(file, { called: 'the journal' });
}

/** One call in all but the rarest case: a short write means a disk about to be full. */
async function writeWhole(handle: JournalFile, line: Buffer, position: number): Promise<void> {
  for (let done = 0; done < line.length;) {
    const { bytesWritten } = await handle.write(line, done, line.length - done, position + done);
    done += bytesWritten;
  }
}

const REMEDIES: Record<string, string> = {
  ENOSPC: 'the disk is full; free space',
  EDQUOT: 'the disk quota is used up; free space',
  EFBIG: 'the file may not grow any further; raise the limit (ulimit -f)',
  EIO: 'the disk reports an error; make sure that it is sound',
};

function adviceFor(file: string, cause: unknown): string {
  const remedy = REMEDIES[codeOf(cause) ?? ''] ?? `${String(cause)}; remove the cause`;
  return `could not add a record to ${file}: ${remedy}, then \`${invocation()} resume ${shellWord(dirname(file))}\``;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
