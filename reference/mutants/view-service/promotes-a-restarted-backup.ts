/**
 * "The primary is gone, and the backup pings: it takes over." It pings with 0, and has no more of the data
 * than a server that was never there.
 */

import { ViewService } from '../../view-service.js';

export class PromotesARestartedBackup extends ViewService {
  protected override choosePrimary(): string | undefined {
    const { backup } = this.view;
    return super.choosePrimary() ?? (this.silentTicks.has(backup) ? backup : undefined);
  }
}
