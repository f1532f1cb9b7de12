/**
 * "It pings, so it lives." A primary that pings with 0 lives, and has nothing left of what it was given; as
 * primary it serves an empty store, or nobody.
 */

import { ViewService } from '../../view-service.js';

export class IgnoresRestartedPrimary extends ViewService {
  protected override isRestart(server: string, viewnum: number): boolean {
    return server !== this.view.primary && super.isRestart(server, viewnum);
  }
}
