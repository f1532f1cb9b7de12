/**
 * One directed link: a relay that listens under the callee's name in the caller's directory. It is
 * there exactly while the callee is up and nothing has taken the link away, so that a dial fails
 * through us as it would without us.
 */

import { createServer, type Server, type Socket } from 'node:net';
import { clearPath } from '../ground/clear-path.js';
import { layTripwire, type Tripwire } from './tripwire.js';

/** Connections that may wait to be accepted. */
const BACKLOG = 512;

/** `down`: the callee is not there. `away`: it is, and a fault has taken the link to it. */
export type LinkState = 'open' | 'down' | 'away';

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Path of the callee's own socket. */
  readonly calleePath: string;
  /** Calls that were begun on it, counted by whoever serves them. */
  calls: number;
  /** Connections that callers have opened and not closed. */
  openConnections(): number;
  /** Bytes that callers have sent on it so far. */
  bytesSent(): number;
  /** The most that was sent on any one connection. */
  largestBytes(): number;
  /** Says what the link should be; acts at once. */
  become(state: LinkState): void;
  /**
   * How often it was found, when somebody looked, that it had been dialled while it was away; undefined where
   * the file system does not tell.
   */
  dialsWhileAway(): number | undefined;
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
  let tripwire: Tripwire | undefined;
  let dials = 0;
  let dialsAreSeen = true;

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
  const look = () => {
    if (tripwire === undefined) return;
    const touched = tripwire.wasTouched();
    dialsAreSeen &&= touched !== undefined;
    if (touched === true) dials++;
  };
  const away = () => {
    tripwire ??= layTripwire(ends.relayPath);
  };
  const back = () => {
    look();
    tripwire?.remove();
    tripwire = undefined;
  };
  return {
    from: ends.from,
    to: ends.to,
    calleePath: ends.calleePath,
    calls: 0,
    openConnections: () => connections.size,
    bytesSent: () =>
      [...connections].reduce((sum, { bytesRead }) => sum + bytesRead, bytesOfClosed),
    largestBytes: () =>
      [...connections].reduce((most, { bytesRead }) => Math.max(most, bytesRead), largestOfClosed),
    become(state) {
      if (state !== 'open' && server !== undefined) close();
      if (state === 'away') away();
      else back();
      if (state === 'open' && server === undefined) open();
    },
    dialsWhileAway() {
      look();
      return dialsAreSeen ? dials : undefined;
    },
    sever() {
      for (const caller of connections) caller.destroy();
    },
  };
}
