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

/**
 * A socket that is bound, or was accepted by one that is: how many refer to it, its flags, type, state, inode, and the
 * path as the program has given it to bind(2).
 */
const ROW = /^\S+ (\w+) \S+ (\w+) (\w+) (\w+) +\d+ (.+)$/s;

/** In the flags: it listens. */
const LISTENS = '00010000';

const STREAM = '0001';

/** A state: it is connected. The other end is one that refers to it; without that end there are two. */
const CONNECTED = '03';
const REFERENCES_WITHOUT_PEER = 2;

interface BoundSocket {
  /** As the program has given it. */
  path: string;
  name: string;
  listens: boolean;
  /** It was accepted, and the other end of its connection is there. */
  isServed: boolean;
  inode: string;
}

/**
 * Whether one of these processes listens on the socket that is at `path`; undefined if that cannot be told, because
 * the kernel hides from us what one of them holds. Programs of runs side by side bind the same relative path, so only
 * sockets that they hold count.
 */
export function listensAt(path: string, pids: Iterable<number>): boolean | undefined {
  const isMeant = ({ name }: BoundSocket) => name === basename(path);
  const seen: BoundSocket[] = [];
  let isHidden = false;
  for (const each of pids) {
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

/** The paths of the Unix sockets on which these processes listen, as the programs have given them, each once. */
export function pathsListenedAt(pids: Iterable<number>): string[] {
  const sockets = [...pids].flatMap((pid) => boundSockets(pid, heldSockets(pid) ?? []));
  return [...new Set(sockets.flatMap(({ path, listens }) => (listens ? path : [])))];
}

/** Connections that a program has accepted and whose other end is still there. */
export interface Accepted {
  count: number;
  /**
   * Whether those of the kit are among them. The kernel lists a connection where its caller is: in a network of its
   * own, a program's list has only what has come from within.
   */
  areOursCounted: boolean;
}

/**
 * What these processes have accepted on the socket at `path`, but for what still waits to be accepted. Undefined if
 * that cannot be told.
 */
export function connectionsFromWithin(path: string, pids: Iterable<number>): Accepted | undefined {
  const served = new Set<string>();
  let areOursCounted = false;
  for (const each of pids) {
    const inodes = heldSockets(each);
    if (inodes === undefined) return undefined;
    const sockets = boundSockets(each, inodes);
    const meant = sockets.filter(({ name, isServed }) => isServed && name === basename(path));
    for (const { inode } of meant) served.add(inode);
    areOursCounted ||= networkOf(each) === networkOf('self');
  }
  return { count: served.size, areOursCounted };
}

/** The network namespace of a process. */
function networkOf(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

/** The processes of the group of `pid`, and those with this mark, the likeliest to listen first. */
export function* groupAndMarked(pid: number, mark: string): Iterable<number> {
  for (const each of likelyFirst(pid)) {
    if (each === pid || groupOf(each) === pid || markOf(each)?.startsWith(mark)) yield each;
  }
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
    const [, references, flags, type, state, path = '@'] =
      (at < 0 ? undefined : ROW.exec(row)) ?? [];
    // A name that begins with "@" is not a file.
    if (type !== STREAM || path.startsWith('@')) return [];
    const hasPeer = Number.parseInt(references ?? '0', 16) > REFERENCES_WITHOUT_PEER;
    const isServed = state === CONNECTED && hasPeer;
    return [{ path, name: basename(path), listens: flags === LISTENS, isServed, inode }];
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
