/** A view service that records pings when they come, and draws its conclusions once a ping interval. */

import type { Reply } from '../machine.js';
import { decodePing } from '../protocol.js';
import type { Variant } from '../variant.js';
import type { ViewService } from '../view-service.js';

export const viewsChangeAtTicks: Variant = {
  name: 'views-change-at-ticks',
  differs: 'The view service changes views only at its ticks, one ping interval apart.',
  allowed:
    'Part A, pings: the service may answer a ping with the old view, as long as it switches in the end.',
  settles: 'when views change',
  parts: ({ view }) => ({ view: changingAtTicks(view) }),
};

function changingAtTicks(Base: typeof ViewService): typeof ViewService {
  return class extends Base {
    private isTicking = false;
    private waiting: (() => void)[] = [];

    /**
     * A member whose ping says that it has restarted is answered after the next tick. In the view
     * before, it may still be the sole primary of view 1, and would take that for a fresh start.
     */
    override handle(method: string, params: unknown, reply: (reply: Reply) => void): void {
      const ping = method === 'view.ping' ? decodePing(params) : undefined;
      super.handle(method, params, (answer) => {
        if (ping?.viewnum !== 0 || !this.restarted.has(ping.server)) return reply(answer);
        this.waiting.push(() => super.handle('view.get', {}, reply));
      });
    }

    override tick(): void {
      this.isTicking = true;
      super.tick();
      this.isTicking = false;
      for (const answer of this.waiting.splice(0)) answer();
    }

    protected override advance(): void {
      if (this.isTicking) super.advance();
    }
  };
}
