/**
 * Whether a program listens on a Unix socket, as the kernel lists it (proc(5), `/proc/PID/net/unix`). A
 * connection would tell as well, but the program would see it, and may not survive one without a request.
 */

import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { markOf } from './marker.js';
import { processIds, readProc, statFields } from './proc.js';

/** Index of the process group in the fields of `stat`. */
const GROUP = 2;

/** A socket that is bound: its flags, type, state, inode, and the path as the program has given it to bind(2). */
const ROW = /^\S+ \S+ \S+ (\w+) (\w+) \w+ +\d+ (.+)$/s;

/** In the flags: it listens. */
const LISTENS = '00010000';

const STREAM = '0001';

interface BoundSocket {
  name: string;
  listens: boolean;
}

/**
 * Whether the program with this pid and mark, or one that it has started, listens on the socket that is at
 * `path`; undefined if that cannot be told, because the kernel hides from us what one of them holds. Programs of
 * runs side by side bind the same relative path, so only sockets that they hold count.
 */
export function listensAt(path: string, pid: number, mark: string): boolean | undefined {
  const isMeant = ({ name }: BoundSocket) => name === basename(path);
  const seen: BoundSocket[] = [];
  let isHidden = false;
  for (const each of likelyFirst(pid)) {
    if (each !== pid && groupOf(each) !== pid && !markOf(each)?.startsWith(mark)) continue;
    const inodes = heldSockets(each);
    isHidden ||= inodes === undefined;
    const sockets = boundSockets(each, inodes ?? []);
    if (sockets.some((socket) => isMeant(socket) && socket.listens)) return true;
    seen.push(...sockets);
  }
  // A socket that was renamed into its place, or that a link there leads to, is listed by its first name.
  const isElsewhere = !seen.some(isMeant) && seen.some(({ listens }) => listens);
  return isHidden && !isElsewhere ? undefined : isElsewhere;
}

/** The pid, and all others; what a process has started mostly has a higher pid. */
function* likelyFirst(pid: number): Iterable<number> {
  yield pid;
  const others = processIds();
  yield* others.filter((each) => each > pid);
  yield* others.filter((each) => each < pid);
}

function groupOf(pid: number): number {
  return Number(statFields(readProc(`${pid}/stat`) ?? '')[GROUP]);
}

/** The sockets of a process that are bound to a file, by the table of its network namespace. */
function boundSockets(pid: number, inodes: readonly string[]): BoundSocket[] {
  const table = inodes.length === 0 ? '' : (readProc(`${pid}/net/unix`) ?? '');
  return inodes.flatMap((inode) => {
    // Nothing follows the inode of a socket that is not bound.
    const at = table.indexOf(` ${inode} `);
    const row = table.slice(table.lastIndexOf('\n', at) + 1, table.indexOf('\n', at));
    const [, flags, type, path = '@'] = (at < 0 ? undefined : ROW.exec(row)) ?? [];
    // A name that begins with "@" is not a file.
    if (type !== STREAM || path.startsWith('@')) return [];
    return [{ name: basename(path), listens: flags === LISTENS }];
  });
}

/**
 * Inodes of the sockets that a process has open; none if it is gone. Undefined if we may not look: a process that
 * has more rights than we have, as by the capabilities of its file, or that has asked for it, shows them to no other process.
 */
function heldSockets(pid: number): string[] | undefined {
  const folder = `/proc/${pid}/fd`;
  try {
    const targets = readdirSync(folder).map((name) => targetOf(`${folder}/${name}`));
    return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
  } catch (error) {
    return isDenied(error) ? undefined : [];
  }
}

/** A file may be closed while the list is read. */
function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch (error) {
    if (isDenied(error)) throw error;
    return '';
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EACCES';
}
