/**
 * "A view that is not acknowledged has not begun, so nobody can have lost anything in it." But its backup may
 * have been given the data already, and has lost them again when the primary acknowledges.
 */

import { ViewService } from '../../view-service.js';

export class ForgetsRestartBeforeAcknowledgement extends ViewService {
  protected override isRestart(server: string, viewnum: number): boolean {
    return this.acknowledged && super.isRestart(server, viewnum);
  }
}
