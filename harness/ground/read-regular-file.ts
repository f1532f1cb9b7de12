/**
 * Reads files that come from others. Opening a FIFO would block, a device may never end,
 * and a link may lead to a file that its reader must not see; so only regular files are read, up to a size.
 */

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { UsageError, type UsageDetails } from './errors.js';

/** The size limit by default: about as much as a string of Node can hold. */
const LIMIT_BYTES = 500 * 1024 * 1024;

const CHUNK_BYTES = 64 * 1024;

const BYTES_PER_MIB = 1024 * 1024;

const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

export interface Reading {
  /**
   * What becomes of a symbolic link: it is `refused` unless said otherwise; `followed`, for a file that the caller has
   * named; or followed where it leads to a file below a folder.
   */
  links?: 'refused' | 'followed' | { inside: string };
  /** 500 MiB unless said otherwise. */
  limitBytes?: number;
  /** The name of the file in an error, such as `the roster`. */
  called?: string;
  /** The advice in that error. */
  hint?: string;
}

/** A file was not read. */
export class UnreadableFile extends UsageError {
  declare readonly got: string;
  /** The system's own, such as `ENOENT`; absent where the system has no objection. */
  readonly code: string | undefined;

  constructor(
    { path, called, hint }: AskedFile,
    details: Omit<UsageDetails, 'hint'> & { got: string },
  ) {
    super(`${called === undefined ? path : `${called} ${path}`} cannot be read`, {
      ...details,
      ...(hint === undefined ? {} : { hint }),
    });
    this.code = codeOf(details.cause);
  }
}

type AskedFile = Reading & { path: string };

/** The bytes of a regular file. Throws `UnreadableFile`, also for a file that is not there. */
export function readRegularFile(path: string, reading: Reading = {}): Buffer {
  const descriptor = openRegularFileSync(path, reading);
  try {
    return readAll({ ...reading, path }, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Like `readRegularFile`, as text in UTF-8. */
export function readRegularText(path: string, reading: Reading = {}): string {
  return readRegularFile(path, reading).toString('utf8');
}

/** Like `readRegularText`; undefined if there is no such file. */
export function readTextIfPresent(path: string, reading: Reading = {}): string | undefined {
  try {
    return readRegularText(path, reading);
  } catch (error) {
    if (error instanceof UnreadableFile && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Opens a regular file of any size for reading; the caller closes the descriptor. Throws `UnreadableFile`. */
export function openRegularFileSync(path: string, reading: Reading = {}): number {
  const { links = 'refused' } = reading;
  const file: AskedFile = { ...reading, path };
  return orUnreadable(file, () => {
    const target = typeof links === 'object' ? targetInside(file, links.inside) : path;
    const isFollowed = links === 'followed';
    // Opening a device may do something to it, so it is looked at before. Nothing else may come into its place then.
    assertRegular(file, isFollowed ? statSync(target) : lstatSync(target));
    const descriptor = openSync(target, isFollowed ? FLAGS : FLAGS | constants.O_NOFOLLOW);
    try {
      assertRegular(file, fstatSync(descriptor));
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  });
}

/** Opens a regular file, not a link, for reading; the caller closes the handle. Throws `UnreadableFile`. */
export async function openRegularFile(path: string): Promise<FileHandle> {
  const handle = await open(path, FLAGS | constants.O_NOFOLLOW).catch((cause: unknown) => {
    throw unreadable({ path }, cause);
  });
  try {
    assertRegular({ path }, await handle.stat());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The kind of an entry in a folder, as a phrase such as `a FIFO`. */
export function describeFileKind(status: Stats): string {
  if (status.isFile()) return 'a regular file';
  if (status.isDirectory()) return 'a directory';
  if (status.isSymbolicLink()) return 'a symbolic link';
  if (status.isFIFO()) return 'a FIFO (named pipe)';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}

const REGULAR = 'a regular file';

function assertRegular(file: AskedFile, status: Stats): void {
  if (status.isFile()) return;
  const got = status.isSymbolicLink() ? describeLink(file.path) : describeFileKind(status);
  throw new UnreadableFile(file, { got, expected: REGULAR });
}

function describeLink(path: string): string {
  return `a link to ${readlinkSync(path)}`;
}

/** Where a path leads, which must be below a folder; links on the way count, too. */
function targetInside(file: AskedFile, folder: string): string {
  const { path } = file;
  const isLink = lstatSync(path).isSymbolicLink();
  const expected = isLink ? `${REGULAR}, or a link to one in the submission` : REGULAR;
  const complain = (why: string, cause?: unknown) => {
    const got = `${isLink ? describeLink(path) : 'a path'} that ${why}`;
    return new UnreadableFile(file, { got, expected, cause });
  };
  let target: string;
  try {
    target = realpathSync(path);
  } catch (cause) {
    throw complain('leads nowhere', cause);
  }
  if (!target.startsWith(`${realpathSync(folder)}/`)) throw complain('leads out of the submission');
  return target;
}

function readAll(file: AskedFile, descriptor: number): Buffer {
  const { limitBytes = LIMIT_BYTES } = file;
  const expectedBytes = fstatSync(descriptor).size;
  const complainOfSize = () =>
    new UnreadableFile(file, {
      got: `a file of more than ${inMib(limitBytes)}`,
      expected: `at most ${inMib(limitBytes)}`,
    });
  if (expectedBytes > limitBytes) throw complainOfSize();
  const chunks: Buffer[] = [];
  let length = 0;
  // The size is only a hint: files of /proc have none, and a file may grow.
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, expectedBytes - length + 1));
    const bytes = orUnreadable(file, () => readSync(descriptor, chunk, 0, chunk.length, null));
    if (bytes === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, bytes));
    length += bytes;
    if (length > limitBytes) throw complainOfSize();
  }
}

function inMib(bytes: number): string {
  return bytes < BYTES_PER_MIB ? `${bytes} bytes` : `${Math.floor(bytes / BYTES_PER_MIB)} MiB`;
}

function orUnreadable<T>(file: AskedFile, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw cause instanceof UnreadableFile ? cause : unreadable(file, cause);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a folder on the way to it is a file',
  EACCES: 'you may not read it',
  ELOOP: 'a symbolic link',
  ENXIO: 'a socket or a device',
};

/** The system's complaint. */
function unreadable(file: AskedFile, cause: unknown): UnreadableFile {
  const code = codeOf(cause);
  if (code === undefined) throw cause;
  const reason = REASONS[code];
  const got = reason === undefined ? code : `${code} (${reason})`;
  return new UnreadableFile(file, { got, expected: REGULAR, cause });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
