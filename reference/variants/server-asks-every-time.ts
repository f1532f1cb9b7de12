/**
 * A server that asks the view service before it looks at any request, and acts on the answer. The
 * question is a ping: so the view service knows what this server has been told, and takes its next
 * ping with 0 for a restart.
 */

import type { Reply } from '../machine.js';
import type { Server } from '../server.js';
import type { Variant } from '../variant.js';

export const serverAsksEveryTime: Variant = {
  name: 'server-asks-every-time',
  differs:
    'A server asks the view service before every request, forward and transfer that it takes, and acts on the answer.',
  allowed:
    'Part B, clerks: only the hand-out of 2015 forbids servers to contact the view service for each request.',
  settles: 'when servers ask for the view',
  operations: ['get', 'put', 'puthash'],
  parts: ({ server }) => ({ server: askingEveryTime(server) }),
};

function askingEveryTime(Base: typeof Server): typeof Server {
  return class extends Base {
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      this.askForView(() => super.handle(method, params, reply));
    }

    /** Calls `then` when the view service has answered, or cannot be reached. */
    private askForView(then: () => void): void {
      const viewnum = this.numberToPing();
      // A second ping with 0 may arrive late and read as a restart; what knows no view refuses anyway.
      if (viewnum === 0) return then();
      const ping = { server: this.self, viewnum };
      this.network.call(this.viewService, 'view.ping', ping, (answer) => {
        this.onPingAnswer(answer, viewnum);
        then();
      });
    }
  };
}
