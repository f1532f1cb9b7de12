/**
 * A correct server as many a student writes it: one lock around everything, held during calls. While a
 * call to its backup or to the view service is under way it neither pings nor answers anybody, and as
 * the lab's calls have no time-outs, a peer that is frozen freezes it, too. A scenario that asks more of
 * it than the lab does accuses it wrongly.
 */

import type { Network, Reply } from '../../../../reference/machine.js';
import { Server } from '../../../../reference/server.js';

interface QueuedCall {
  /** Makes the call; `ended` is called once when it is over. */
  start(ended: () => void): void;
  wanted: boolean;
}

/** Held while a call is under way; then calls that are waiting come first, and work for the lock after them. */
class Lock {
  private readonly calls: QueuedCall[] = [];
  private readonly work: (() => void)[] = [];
  private isHeld = false;

  /** Runs `work` once nobody holds the lock; in the order of asking. */
  run(work: () => void): void {
    this.work.push(work);
    this.release();
  }

  /** Calls over `network` one at a time, each holding the lock until it is over, also when it was given up. */
  around(network: Network): Network {
    return {
      call: (to, method, params, done) => {
        const call: QueuedCall = {
          wanted: true,
          start: (ended) => {
            network.call(to, method, params, (answer) => {
              if (call.wanted) done(answer);
              ended();
            });
          },
        };
        this.calls.push(call);
        this.startNext();
        return () => {
          call.wanted = false;
        };
      },
    };
  }

  private startNext(): void {
    if (this.isHeld) return;
    const call = this.calls.shift();
    if (call === undefined) return;
    if (!call.wanted) return this.startNext();
    this.isHeld = true;
    call.start(() => {
      this.isHeld = false;
      this.startNext();
      this.release();
    });
  }

  private release(): void {
    while (!this.isHeld) {
      const work = this.work.shift();
      if (work === undefined) return;
      work();
    }
  }
}

export class BlockingServer extends Server {
  private readonly lock: Lock;
  private tickWaits = false;

  constructor(self: string, viewService: string, network: Network) {
    const lock = new Lock();
    super(self, viewService, lock.around(network));
    this.lock = lock;
  }

  override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
    this.lock.run(() => super.handle(method, params, reply));
  }

  /** A ticker does not pile up: while one tick waits for the lock, others are dropped. */
  override tick(): void {
    if (this.tickWaits) return;
    this.tickWaits = true;
    this.lock.run(() => {
      this.tickWaits = false;
      super.tick();
    });
  }
}
