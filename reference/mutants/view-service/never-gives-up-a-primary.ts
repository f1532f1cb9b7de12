/**
 * "The primary has the data, so I wait until it is back." Its backup has them, too, and nobody is served
 * while the primary is dead.
 */

import { ViewService } from '../../view-service.js';

export class NeverGivesUpAPrimary extends ViewService {
  protected override isUp(server: string): boolean {
    const isPrimary = server !== '' && server === this.view.primary;
    return super.isUp(server) || (isPrimary && !this.restarted.has(server));
  }
}
