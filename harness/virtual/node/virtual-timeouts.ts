/** The functions of `node:timers` and `node:timers/promises` over the timers of a virtual clock. */

import net from 'node:net';
import timersModule from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { DueTimer, type DueTimers } from './due-timers.js';

interface WaitOptions {
  signal?: AbortSignal;
  ref?: boolean;
}

/** What `setTimeout` gives. */
class VirtualTimeout {
  readonly #id: number;
  readonly #timer: DueTimer;
  readonly #known: Map<number, VirtualTimeout>;
  #isClosed = false;

  /** `known`: all that may be cleared by the numbers that stand for them. */
  constructor(timer: DueTimer, known: Map<number, VirtualTimeout>) {
    this.#timer = timer;
    this.#known = known;
    this.#id = ++made;
    known.set(this.#id, this);
  }

  ref(): this {
    this.#timer.isRef = true;
    return this;
  }

  unref(): this {
    this.#timer.isRef = false;
    return this;
  }

  hasRef(): boolean {
    return this.#timer.isRef;
  }

  /** One that was cleared stays so, as in Node. */
  refresh(): this {
    if (!this.#isClosed) this.#timer.start();
    return this;
  }

  close(): this {
    this.#isClosed = true;
    this.#timer.stop();
    this.#known.delete(this.#id);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

let made = 0;

/** `setTimeout` and its like over these timers. */
export function timeoutsOn(timers: DueTimers) {
  const known = new Map<number, VirtualTimeout>();
  const setter =
    (repeats: boolean) =>
    (act: (...args: unknown[]) => void, ms?: unknown, ...args: unknown[]) => {
      if (typeof act !== 'function')
        throw Object.assign(new TypeError('The "callback" argument must be a function'), {
          code: 'ERR_INVALID_ARG_TYPE',
        });
      const timeout: VirtualTimeout = new VirtualTimeout(
        new DueTimer(
          timers,
          () => {
            if (!repeats) known.delete(Number(timeout));
            Reflect.apply(act, timeout, args);
          },
          ms,
          repeats,
        ),
        known,
      );
      return timeout;
    };
  const clear = (timeout: unknown) => {
    if (timeout instanceof VirtualTimeout) timeout.close();
    // Anything else may stand for one by its number, or for none.
    else if (typeof timeout !== 'symbol') known.get(Number(timeout))?.close();
  };
  return {
    setTimeout: setter(false),
    setInterval: setter(true),
    clearTimeout: clear,
    clearInterval: clear,
  };
}

/** Replaces them for the whole program. */
export function virtualiseTimeouts(timers: DueTimers): void {
  const functions = timeoutsOn(timers);
  const wait = waiter(functions.setTimeout);
  Object.defineProperty(functions.setTimeout, promisify.custom, { value: wait });
  Object.assign(globalThis, functions);
  Object.assign(timersModule, functions);
  Object.assign(timersPromises, { setTimeout: wait, setInterval: repeated(wait) });
  Object.assign(timersPromises.scheduler, {
    wait: (ms: number, more?: WaitOptions) => wait(ms, undefined, more),
  });
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    const why = () => new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    functions.setTimeout(() => controller.abort(why()), ms).unref();
    return controller.signal;
  };
  virtualiseSocketTimeouts(timers);
}

type SetTimeout = (act: () => void, ms?: unknown) => VirtualTimeout;

function waiter(setTimeout: SetTimeout) {
  return (
    ms?: number,
    value?: unknown,
    { signal, ref = true }: WaitOptions = {},
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(aborted(signal));
      const timeout = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      }, ms);
      if (!ref) timeout.unref();
      const onAbort = () => {
        timeout.close();
        if (signal !== undefined) reject(aborted(signal));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
}

function aborted(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

function repeated(wait: ReturnType<typeof waiter>) {
  return async function* (ms?: number, value?: unknown, more?: WaitOptions) {
    for (;;) yield wait(ms, value, more);
  };
}

/** Node measures with timers of its own how long a socket has been idle. */
function virtualiseSocketTimeouts(timers: DueTimers): void {
  const idle = new WeakMap<net.Socket, DueTimer>();
  Object.assign(net.Socket.prototype, {
    setTimeout(this: net.Socket, ms: number, act?: () => void) {
      idle.get(this)?.stop();
      Object.assign(this, { timeout: ms });
      if (ms > 0) {
        const timer = new DueTimer(timers, () => this.emit('timeout'), ms, false);
        timer.isRef = false;
        idle.set(this, timer);
        this.once('close', () => timer.stop());
        if (act !== undefined) this.once('timeout', act);
      } else if (act !== undefined) {
        this.off('timeout', act);
      }
      return this;
    },
    /** Node calls it when something passes the socket. */
    _unrefTimer(this: net.Socket) {
      if (!this.destroyed) idle.get(this)?.start();
    },
  });
}
