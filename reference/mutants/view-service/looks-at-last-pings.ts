/**
 * "At each tick I look at what every server has pinged last." A server that restarts and pings again with a
 * number before the tick has not restarted at all.
 */

import type { PingParams, View } from '../../protocol.js';
import { ViewService } from '../../view-service.js';

export class LooksAtLastPings extends ViewService {
  private isTicking = false;

  override tick(): void {
    this.isTicking = true;
    super.tick();
    this.isTicking = false;
  }

  protected override ping(ping: PingParams): View {
    if (ping.viewnum !== 0) this.restarted.delete(ping.server);
    return super.ping(ping);
  }

  protected override advance(): void {
    if (this.isTicking) super.advance();
  }
}
