/**
 * A correct server as many a student writes it: one lock around everything, held during calls. While a
 * call to its backup or to the view service is under way it neither pings nor answers anybody, and as
 * the lab's calls have no time-outs, a peer that is frozen freezes it, too. A scenario that asks more of
 * it than the lab does accuses it wrongly.
 */

import type { Network, Reply } from '../../../reference/machine.js';
import { Server } from '../../../reference/server.js';

/** Counts the calls that are under way: while there are any, the lock is held. */
class Lock {
  private holders = 0;
  private readonly waiting: (() => void)[] = [];

  /** Runs `work` once nobody holds the lock; in the order of asking. */
  run(work: () => void): void {
    this.waiting.push(work);
    this.release();
  }

  get isHeld(): boolean {
    return this.holders > 0;
  }

  /** Calls over `network` that hold the lock until they are answered; giving one up does not release it. */
  around(network: Network): Network {
    return {
      call: (to, method, params, done) => {
        let wanted = true;
        this.holders += 1;
        network.call(to, method, params, (answer) => {
          if (wanted) done(answer);
          this.holders -= 1;
          this.release();
        });
        return () => {
          wanted = false;
        };
      },
    };
  }

  private release(): void {
    while (!this.isHeld) {
      const work = this.waiting.shift();
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
