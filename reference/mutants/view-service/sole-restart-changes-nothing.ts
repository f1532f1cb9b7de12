/**
 * "The only server has restarted, and nobody else can lead, so the view stays what it is." If that is view 1,
 * the server is told that the first view has begun with it as primary, and starts with an empty store.
 */

import { ViewService } from '../../view-service.js';

export class SoleRestartChangesNothing extends ViewService {
  protected override withoutHeir(): undefined {
    return undefined;
  }
}
