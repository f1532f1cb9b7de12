/** A view service that only counts at its ticks, and draws its conclusions when a server pings. */

import type { PingParams, View } from '../protocol.js';
import type { Variant } from '../variant.js';
import type { ViewService } from '../view-service.js';

export const viewsChangeAtPings: Variant = {
  name: 'views-change-at-pings',
  differs: 'The view service changes views only when a server pings, whichever server that is.',
  allowed:
    'Part A, pings: a dead server must leave the view, but the moment is left open; while no server pings, none could take its place.',
  settles: 'when views change',
  parts: ({ view }) => ({ view: changingAtPings(view) }),
};

function changingAtPings(Base: typeof ViewService): typeof ViewService {
  return class extends Base {
    private isTicking = false;

    override tick(): void {
      this.isTicking = true;
      super.tick();
      this.isTicking = false;
    }

    /** Concludes first from the silence before this ping: a dead server does not come back to life by it. */
    protected override ping(ping: PingParams): View {
      this.advance();
      return super.ping(ping);
    }

    protected override advance(): void {
      if (!this.isTicking) super.advance();
    }
  };
}
