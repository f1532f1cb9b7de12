/** Sockets of the kit that programs dial, whichever user they run as. */

import type { Server } from 'node:net';

/** Connections that may wait to be accepted. */
const BACKLOG = 512;

/**
 * Listens on a socket that every user may dial: programs may run as another one, and nobody else gets through to their
 * folder. It has these permissions from its first moment. To change them afterwards, as `writableAll` of Node does, would
 * follow a link that the program has put in its place meanwhile, to any file of this machine.
 */
export function listenForAll(server: Server, path: string): void {
  const mask = process.umask(0);
  try {
    // The socket is there before this returns.
    server.listen({ path, backlog: BACKLOG });
  } finally {
    process.umask(mask);
  }
}
