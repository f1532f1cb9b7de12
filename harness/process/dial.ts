/**
 * Dials the socket of a program. The program may have put a link in its place, which would lead the kit, with all
 * its rights, to a socket of somebody else; only one that stays in the program's folder is followed.
 */

import { closeSync, existsSync, lstatSync, openSync, readlinkSync, realpathSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** Opens the place and not what is in it (open(2), O_PATH); Node has no name for it. */
const O_PATH = 0o10000000;

const HAS_PROC = existsSync('/proc/self/fd');

/** How many connections that were dialled at a path are not closed. */
const dialled = new Map<string, number>();

/** How many of the kit's own connections to the socket at a path there are at most. */
export function connectionsTo(path: string): number {
  return dialled.get(path) ?? 0;
}

/** A connection that is being made, as `net.connect` gives it; dialling elsewhere fails as if nothing were there. */
export function dial(path: string, allowHalfOpen = false): Socket {
  const socket = connectTo(path, allowHalfOpen);
  dialled.set(path, connectionsTo(path) + 1);
  socket.once('close', () => {
    const left = connectionsTo(path) - 1;
    if (left > 0) dialled.set(path, left);
    else dialled.delete(path);
  });
  return socket;
}

function connectTo(path: string, allowHalfOpen: boolean): Socket {
  const place = HAS_PROC ? open(path) : undefined;
  if (place === undefined) return connect({ path, allowHalfOpen });
  try {
    const target = `/proc/self/fd/${place}`;
    const isInside = readlinkSync(target).startsWith(`${realpathSync.native(dirname(path))}/`);
    // The system call is made before this returns. Nothing can be below a socket.
    return connect({ path: isInside ? target : `${path}/elsewhere`, allowHalfOpen });
  } finally {
    closeSync(place);
  }
}

/** Undefined where there is nothing to open; then the system's own answer is the right one. */
function open(path: string): number | undefined {
  try {
    return openSync(path, O_PATH);
  } catch {
    return undefined;
  }
}

/** Whether there is a link at a path that leads out of its folder. */
export function leadsOutside(path: string): boolean {
  try {
    if (!lstatSync(path).isSymbolicLink()) return false;
    return !realpathSync(path).startsWith(`${realpathSync(dirname(path))}/`);
  } catch {
    return false;
  }
}
