/**
 * "First the promotion, then, in the next view, a new backup." Until the second change the service depends
 * on one server, although another was waiting; if that one dies now, everything stands still for ever.
 */

import { ViewService } from '../../view-service.js';

export class RefillsInASecondView extends ViewService {
  protected override chooseBackup(primary: string): string {
    const promoted = this.view.viewnum > 0 && primary !== this.view.primary;
    return promoted ? '' : super.chooseBackup(primary);
  }
}
