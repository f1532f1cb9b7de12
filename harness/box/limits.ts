/** What a program in a box may take of the machine. Correct servers in Go, Node, Python and Java stay far below. */

import { execFileSync } from 'node:child_process';
import type { FilterKind } from './seccomp/filter.js';
import { readProc } from '../process/proc.js';
import type { DirectoryLimit } from '../process/directory-size.js';

const MIB = 1024 ** 2;

const MEMORY_BYTES = 2048 * MIB;

/** Processes and threads. A Java server with a thread for each connection has some hundreds. */
const PROCESSES = 1024;

/** Of the box's own /tmp, and of its /dev/shm. They are memory, and count as such. */
const TEMPORARY_BYTES = 256 * MIB;
const SHARED_MEMORY_BYTES = 64 * MIB;

/** What a program may write in its own directory, where its sockets are. */
export const DIRECTORY: DirectoryLimit = { bytes: 256 * MIB, entries: 1000 };

/** What a build may write in its folder while it works. What is kept of that may be as large as a submission. */
export const WORKSHOP: DirectoryLimit = { bytes: 4096 * MIB, entries: 400_000 };

/** A build compiles in /tmp, and may take more than a server. */
const BUILD_MEMORY_BYTES = 4096 * MIB;
const BUILD_TEMPORARY_BYTES = 1024 * MIB;

/** The largest file that a server may write, in bytes; it is also that of the worker that starts it. */
const FILE_BYTES = 128 * MIB;

/** The largest file that a build may write, in bytes. */
const BUILD_FILE_BYTES = 1024 * MIB;

/** The words before a program's own that limit its files alone (prlimit(1)). */
export function fileLimitWords({ fileBytes }: Allowance): string[] {
  return fileBytes === undefined ? [] : limiting(fileBytes);
}

function limiting(fileBytes: number): string[] {
  return ['prlimit', '--core=0', `--fsize=${Math.min(fileBytes, mostFileBytes())}`];
}

/** As much as the caller of the kit allows; more could not be set (getrlimit(2)). */
function mostFileBytes(): number {
  const [, hard = ''] =
    /(?<![^\n])Max file size +\S+ +(\d+)/.exec(readProc('self/limits') ?? '') ?? [];
  return hard === '' ? Infinity : Number(hard);
}

/**
 * Lets no program write a core file, or a file without end. Every program inherits these limits from this process, so
 * only a worker may call it, which writes no such files itself. Without `prlimit` (util-linux) nothing happens.
 */
export function limitFiles(): void {
  try {
    const [command = '', ...words] = limiting(FILE_BYTES);
    execFileSync(command, [...words, '--pid', String(process.pid)], { stdio: 'ignore' });
  } catch {
    // The size of a directory is looked at as well.
  }
}

/** What one program may take. */
export interface Allowance {
  memoryBytes: number;
  /** Processes and threads. */
  processes: number;
  temporaryBytes: number;
  sharedMemoryBytes: number;
  /** Which filter of system calls it gets. */
  filter: FilterKind;
  /** The largest file that it may write, if that is not what it inherits. */
  fileBytes?: number;
}

export const FOR_A_SERVER: Allowance = {
  memoryBytes: MEMORY_BYTES,
  processes: PROCESSES,
  temporaryBytes: TEMPORARY_BYTES,
  sharedMemoryBytes: SHARED_MEMORY_BYTES,
  filter: 'server',
};

export const FOR_A_BUILD: Allowance = {
  ...FOR_A_SERVER,
  memoryBytes: BUILD_MEMORY_BYTES,
  temporaryBytes: BUILD_TEMPORARY_BYTES,
  filter: 'build',
  fileBytes: BUILD_FILE_BYTES,
};
