/**
 * "Somebody has pinged with the number of the view, so it has begun." Only the primary knows whether it has
 * begun: it is the one that gives the backup its data.
 */

import { ViewService } from '../../view-service.js';

export class AnyServerAcknowledges extends ViewService {
  protected override acknowledges(_server: string, viewnum: number): boolean {
    return viewnum === this.view.viewnum;
  }
}
