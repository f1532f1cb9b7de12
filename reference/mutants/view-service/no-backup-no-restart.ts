/**
 * "Without a backup there is nobody to take over, so the primary may as well go on." It goes on with an empty
 * store, and the next backup is given that.
 */

import { ViewService } from '../../view-service.js';

export class NoBackupNoRestart extends ViewService {
  protected override isRestart(server: string, viewnum: number): boolean {
    return this.view.backup !== '' && super.isRestart(server, viewnum);
  }
}
