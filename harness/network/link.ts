/**
 * One directed link: a relay that listens under the callee's name in the caller's directory. It is
 * there exactly while the callee is up and nothing has taken the link away, so that a dial fails
 * through us as it would without us.
 */

import type { Listener, Machine, Wire } from '../process/machine.js';
import type { Tripwire } from '../process/tripwire.js';

/** `down`: the callee is not there. `away`: it is, and a fault has taken the link to it. */
export type LinkState = 'open' | 'down' | 'away';

export interface Link {
  readonly from: string;
  readonly to: string;
  /** Path of the callee's own socket. */
  readonly calleePath: string;
  /** Calls that were begun on it; the connection that serves them counts. */
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
   * How often a check found that it had been dialled while it was cut; undefined where the file system
   * does not tell.
   */
  dialsWhileAway(): number | undefined;
  /** Ends every connection on it. */
  sever(): void;
}

interface LinkEnds {
  from: string;
  to: string;
  relayPath: string;
  calleePath: string;
}

export function createLink(
  ends: LinkEnds,
  machine: Machine,
  onConnection: (caller: Wire) => void,
): Link {
  return new RelayLink(ends, machine, onConnection);
}

class RelayLink implements Link {
  readonly from: string;
  readonly to: string;
  readonly calleePath: string;
  calls = 0;
  readonly #relayPath: string;
  readonly #machine: Machine;
  readonly #onConnection: (caller: Wire) => void;
  readonly #connections = new Set<Wire>();
  #bytesOfClosed = 0;
  #largestOfClosed = 0;
  #listener: Listener | undefined;
  #tripwire: Tripwire | undefined;
  #dials = 0;
  #dialsAreSeen = true;

  constructor(ends: LinkEnds, machine: Machine, onConnection: (caller: Wire) => void) {
    this.from = ends.from;
    this.to = ends.to;
    this.calleePath = ends.calleePath;
    this.#relayPath = ends.relayPath;
    this.#machine = machine;
    this.#onConnection = onConnection;
  }

  openConnections(): number {
    return this.#connections.size;
  }

  bytesSent(): number {
    return [...this.#connections].reduce(
      (sum, { bytesRead }) => sum + bytesRead,
      this.#bytesOfClosed,
    );
  }

  largestBytes(): number {
    return [...this.#connections].reduce(
      (most, { bytesRead }) => Math.max(most, bytesRead),
      this.#largestOfClosed,
    );
  }

  become(state: LinkState): void {
    if (state !== 'open') this.#close();
    if (state === 'away') this.#tripwire ??= this.#machine.watch(this.#relayPath);
    else this.#removeTripwire();
    if (state === 'open' && this.#listener === undefined) this.#open();
  }

  dialsWhileAway(): number | undefined {
    this.#look();
    return this.#dialsAreSeen ? this.#dials : undefined;
  }

  sever(): void {
    for (const caller of this.#connections) caller.destroy();
  }

  #open(): void {
    this.#listener = this.#machine.listen(this.#relayPath, (caller) => {
      this.#connections.add(caller);
      caller.once('close', () => this.#count(caller));
      this.#onConnection(caller);
    });
  }

  #count(closed: Wire): void {
    this.#connections.delete(closed);
    this.#bytesOfClosed += closed.bytesRead;
    this.#largestOfClosed = Math.max(this.#largestOfClosed, closed.bytesRead);
  }

  #close(): void {
    this.#listener?.close();
    this.#listener = undefined;
  }

  #removeTripwire(): void {
    this.#look();
    this.#tripwire?.remove();
    this.#tripwire = undefined;
  }

  #look(): void {
    if (this.#tripwire === undefined) return;
    const touched = this.#tripwire.wasTouched();
    this.#dialsAreSeen &&= touched !== undefined;
    if (touched === true) this.#dials++;
  }
}
