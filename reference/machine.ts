/**
 * What the three state machines have in common. A machine is handed requests and ticks and hands out
 * calls and replies; sockets and timers belong to host.ts. So a machine can be driven by a test, one
 * message at a time, in any order the network could choose.
 */

import { ERROR_CODE } from './protocol.js';
import type { ErrorName, RpcError } from './protocol.js';

/** How a machine answers a request. */
export type Reply = { kind: 'result'; result: unknown } | { kind: 'refused'; error: RpcError };

/**
 * What a caller learns. `lost` says that the connection failed before a reply: the request may have
 * been executed, may still be executed, or may never be. `reason` is for people.
 */
export type Answer = Reply | { kind: 'lost'; reason: string };

/** Forgets a call: its answer will not be reported. The request may still be executed. */
export type Abandon = () => void;

export interface Network {
  /**
   * Sends one request; `done` hears of the answer once, and never before `call` has returned. If the peer
   * stays silent, `done` is never called: there are no time-outs.
   */
  call(to: string, method: string, params: unknown, done: (answer: Answer) => void): Abandon;
}

export interface Machine {
  /** Takes one request; `reply` is called once, at once or later, or never if the machine hangs. */
  handle(method: string, params: unknown, reply: (reply: Reply) => void): void;
  /** One ping interval has passed. */
  tick(): void;
}

/** A success; `result` must survive JSON. */
export function succeed(result: unknown): Reply {
  return { kind: 'result', result };
}

/** A refusal by its name in pblab/1. */
export function refuse(name: ErrorName): Reply {
  return { kind: 'refused', error: { code: ERROR_CODE[name], message: name } };
}
