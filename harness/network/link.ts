/**
 * One directed link: a relay that listens under the callee's name in the caller's directory. It is
 * there exactly while the callee is up and nothing has taken the link away, so that a dial fails
 * through us as it would without us.
 */

import { createServer, type Server, type Socket } from 'node:net';
import { clearPath } from '../clear-path.js';

/** Connections that may wait to be accepted. */
const BACKLOG = 512;

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Path of the callee's own socket. */
  readonly calleePath: string;
  /** Calls that were begun on it, counted by whoever serves them. */
  calls: number;
  /** Bytes that callers have sent on it so far. */
  bytesSent(): number;
  /** The most that was sent on any one connection. */
  largestBytes(): number;
  /** Says whether the link should be there; acts at once. */
  setPresent(present: boolean): void;
  /** Ends every connection on it. */
  sever(): void;
}

export function createLink(
  ends: { from: string; to: string; relayPath: string; calleePath: string },
  onConnection: (caller: Socket) => void,
): Link {
  const connections = new Set<Socket>();
  let bytesOfClosed = 0;
  let largestOfClosed = 0;
  let server: Server | undefined;

  const open = () => {
    // A submission may have left anything under this name; it is our place.
    clearPath(ends.relayPath);
    server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (caller) => {
      connections.add(caller);
      caller.once('close', () => {
        connections.delete(caller);
        bytesOfClosed += caller.bytesRead;
        largestOfClosed = Math.max(largestOfClosed, caller.bytesRead);
      });
      onConnection(caller);
    });
    // Without its directory, the run is being cleaned up: there is nobody to listen for.
    server.on('error', () => {});
    server.listen({ path: ends.relayPath, backlog: BACKLOG });
  };
  const close = () => {
    // Node removes the socket's file here, before it returns.
    server?.close();
    server = undefined;
  };
  return {
    from: ends.from,
    to: ends.to,
    calleePath: ends.calleePath,
    calls: 0,
    bytesSent: () =>
      [...connections].reduce((sum, { bytesRead }) => sum + bytesRead, bytesOfClosed),
    largestBytes: () =>
      [...connections].reduce((most, { bytesRead }) => Math.max(most, bytesRead), largestOfClosed),
    setPresent(present) {
      if (present && server === undefined) open();
      if (!present && server !== undefined) close();
    },
    sever() {
      for (const caller of connections) caller.destroy();
    },
  };
}
