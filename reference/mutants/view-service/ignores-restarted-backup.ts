/**
 * "A backup that restarts is backup again, so nothing has changed." Its primary, which sees no new view, does
 * not send it the data that it has lost.
 */

import { ViewService } from '../../view-service.js';

export class IgnoresRestartedBackup extends ViewService {
  protected override isRestart(server: string, viewnum: number): boolean {
    return server === this.view.primary && super.isRestart(server, viewnum);
  }
}
