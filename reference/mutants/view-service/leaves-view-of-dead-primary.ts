/**
 * "A dead primary cannot acknowledge anything, so there is nothing to wait for." Its backup may never have
 * been given the data, and is promoted with an empty store.
 */

import { ViewService } from '../../view-service.js';

export class LeavesViewOfDeadPrimary extends ViewService {
  protected override mayLeaveView(): boolean {
    return super.mayLeaveView() || !this.silentTicks.has(this.view.primary);
  }
}
