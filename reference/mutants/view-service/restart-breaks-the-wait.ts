/**
 * "Whoever restarts is out at once, that cannot wait." It can: as long as the view is not acknowledged,
 * nobody knows whether the other member has the data.
 */

import { ViewService } from '../../view-service.js';

export class RestartBreaksTheWait extends ViewService {
  protected override mayLeaveView(): boolean {
    return super.mayLeaveView() || this.restarted.size > 0;
  }
}
