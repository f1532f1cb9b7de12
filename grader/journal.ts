/**
 * The journal of a grading: every record of every attempt, in the order of their arrival, in an
 * append-only file of JSON lines. A record that `append` acknowledged survives `kill -9` and, as far
 * as the disk keeps its word, a power cut. What the records mean together is fold.ts.
 *
 * One process at a time writes a journal; the lock of lock.ts sees to that.
 */

import { readFile, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { invocation, type RunRecord } from '../harness/index.js';
import { JournalError } from './errors.js';
import { decodeLine, encodeLine } from './journal-line.js';
import { syncFolder } from './write-file-atomically.js';

export const JOURNAL_FILE = 'journal.jsonl';

const LINE_FEED = 0x0a;

/** A line that holds no record: its run counts as not done. */
export interface DamagedLine {
  /** From 1. */
  line: number;
  /** A phrase such as `its checksum does not match its record`. */
  why: string;
}

/** What a journal held when it was read. */
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
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    const { records, damaged, length, tornTail } = scan(await handle.readFile());
    await syncFolder(dirname(file));
    return { records, damaged, ...createAppender(file, handle, { length, torn: tornTail }) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads a journal without changing it; a missing file is an empty journal. */
export async function readJournal(file: string): Promise<JournalContent> {
  const { records, damaged } = scan(await readIfPresent(file));
  return { records, damaged };
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

function scan(bytes: Buffer): Scan {
  const found: Scan = { records: [], damaged: [], length: 0, tornTail: false };
  let line = 0;
  for (let start = 0; start < bytes.length;) {
    line += 1;
    const lineFeed = bytes.indexOf(LINE_FEED, start);
    const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
    const isLast = end === bytes.length;
    const why = readLine(bytes, start, lineFeed, found.records);
    if (why !== undefined) found.damaged.push({ line, why });
    if (why === undefined || !isLast) found.length = end;
    start = end;
  }
  found.tornTail = found.length < bytes.length;
  return found;
}

/** Adds the line's record to the list, or says why it has none. */
function readLine(
  bytes: Buffer,
  start: number,
  lineFeed: number,
  records: RunRecord[],
): string | undefined {
  // A line without its end was never acknowledged, even if its record happens to be complete.
  if (lineFeed === -1) return 'it breaks off before its end';
  const decoded = decodeLine(bytes.toString('utf8', start, lineFeed));
  if (decoded.kind === 'damaged') return decoded.why;
  records.push(decoded.record);
  return undefined;
}

/** One call in all but the rarest case: a short write means a disk about to be full. */
async function writeWhole(handle: JournalFile, line: Buffer, position: number): Promise<void> {
  for (let done = 0; done < line.length;) {
    const { bytesWritten } = await handle.write(line, done, line.length - done, position + done);
    done += bytesWritten;
  }
}

async function readIfPresent(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
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
  return `could not add a record to ${file}: ${remedy}, then \`${invocation()} resume ${dirname(file)}\``;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
