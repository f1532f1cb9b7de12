/**
 * Services that take what there is, as a program: `greedy-service.js NAME server VIEW SELF`, or `clerk VIEW`. They keep
 * the rules of the lab until they have taken too much.
 */

import { Worker } from 'node:worker_threads';
import { Clerk, type Task } from '../../../../reference/clerk.js';
import { COMMANDS, REFERENCE, failUsage, run, type Parts } from '../../../../reference/command.js';
import { Server } from '../../../../reference/server.js';
import { callsThat } from '../../../../reference/rpc.js';

/** Connections that it opens for each operation and never closes. */
const LEAKED_PER_OPERATION = 40;

const SPINNING_THREADS = 4;

/** Calls that are always under way. */
const FLOODING_CALLS = 60;

/** Leaks fast, so that a test need not be long. */
class LeakingClerk extends Clerk {
  private readonly leaking = callsThat(() => {});

  protected override start(task: Task): void {
    for (let n = 0; n < LEAKED_PER_OPERATION; n++) {
      this.leaking(this.viewService, 'view.get', {}, () => {});
    }
    super.start(task);
  }
}

/** Takes every processor from its first request on, and answers nobody any more. */
class SpinningServer extends Server {
  private readonly threads: Worker[] = [];

  protected override onClientRequest(): void {
    while (this.threads.length < SPINNING_THREADS) {
      this.threads.push(new Worker('for (;;);', { eval: true }));
    }
  }
}

/** Has its operation wait, and asks for the view as often as it can. */
class FloodingClerk extends Clerk {
  protected override start(): void {
    const ask = (): void => void this.network.call(this.viewService, 'view.get', {}, ask);
    for (let n = 0; n < FLOODING_CALLS; n++) ask();
  }
}

const GREEDY: Readonly<Record<string, Partial<Parts>>> = {
  leaking: { clerk: LeakingClerk },
  spinning: { server: SpinningServer },
  flooding: { clerk: FloodingClerk },
  lawful: {},
};

const [name = '', ...args] = process.argv.slice(2);
const parts = GREEDY[name] ?? failUsage(`unknown service "${name}"`);
run(args, { ...REFERENCE, ...parts }, `usage: greedy-service.js NAME ${COMMANDS}`);
