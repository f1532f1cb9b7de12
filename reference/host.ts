/**
 * Gives a machine what it lacks: sockets, a timer, and a place to complain. Nothing here knows what a
 * view is.
 */

import { rmSync } from 'node:fs';
import type { Machine, Network } from './machine.js';
import { serve } from './rpc.js';

/** The same error is printed once in this time, so that a dead peer cannot flood stderr. */
const REPEAT_AFTER_MS = 1000;

/** Runs `machine` behind the socket at `path`; it ticks from the moment it can be reached. */
export function host(path: string, machine: Machine, pingIntervalMs: number): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    failToListen(error);
  }
  const server = serve(path, machine);
  server.once('error', failToListen);
  server.once('listening', () => {
    server.off('error', failToListen);
    server.on('error', (error) => console.error(`${path}: ${error.message}`));
    machine.tick();
    setInterval(() => machine.tick(), pingIntervalMs);
  });
}

/** Makes calls with `call` and says on stderr, in the name of `self`, which calls failed and how. */
export function complainingNetwork(self: string, call: Network['call']): Network {
  const lastPrinted = new Map<string, number>();
  const complain = (text: string): void => {
    const now = performance.now();
    if (now - (lastPrinted.get(text) ?? -Infinity) < REPEAT_AFTER_MS) return;
    lastPrinted.set(text, now);
    console.error(text);
  };
  return {
    call: (to, method, params, done) =>
      call(to, method, params, (answer) => {
        if (answer.kind === 'lost') {
          complain(`${self}: ${method} to ${to} failed: ${answer.reason}`);
        }
        done(answer);
      }),
  };
}

function failToListen(error: unknown): never {
  console.error(`listen error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
