/**
 * The machine on which the programs of a world run: it starts them, and has the paths at which they and the kit meet. This
 * one is the real one; `harness/virtual/inner` brings one that is only imagined, for programs that need no process.
 */

import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { clearPath } from '../ground/clear-path.js';
import { dial } from './dial.js';
import { listenForAll } from './listen-for-all.js';
import { waitUntilListening, type Readiness } from './ready.js';
import { startProgram, type Program, type ProgramOptions } from './spawn.js';
import { layTripwire, type Tripwire } from './tripwire.js';

/** One end of a connection: the part of `net.Socket` that the kit uses. */
export interface Wire extends Duplex {
  /** Bytes that have come on it so far. */
  readonly bytesRead: number;
  /** It was dialled, and it is not known yet whether anybody listens. */
  readonly connecting: boolean;
  /** Closes it when all has been sent. */
  destroySoon(): void;
}

export interface Machine {
  start(options: ProgramOptions): Program;
  /** Waits until a program listens at `path`, has ended, or `deadlineMs` have passed. */
  untilListening(path: string, program: Program, deadlineMs: number): Promise<Readiness>;
  /** Whether something has been put at this path. */
  isThere(path: string): boolean;
  /**
   * Listens at a path that programs dial, whatever is there; connections come paused, and stay open in one direction when
   * the other has ended.
   */
  listen(path: string, onConnection: (caller: Wire) => void): Listener;
  /** Tells from now on whether this path, at which nothing listens, is dialled. */
  watch(path: string): Tripwire;
  /** Dials a program. */
  dial(path: string, allowHalfOpen?: boolean): Wire;
}

export interface Listener {
  /** Nothing is at the path any more when this returns; connections stay. */
  close(): void;
}

export const thisMachine: Machine = {
  start: startProgram,
  untilListening: waitUntilListening,
  isThere: existsSync,
  listen(path, onConnection) {
    // A submission may have left anything under this name; it is our place.
    clearPath(path);
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, onConnection);
    // Without its directory, the run is being cleaned up: no process will dial.
    server.on('error', () => {});
    listenForAll(server, path);
    // Node removes the socket's file here, before it returns.
    return { close: () => void server.close() };
  },
  watch: layTripwire,
  dial,
};
