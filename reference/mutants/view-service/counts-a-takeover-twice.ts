/**
 * "One server leaves and one is promoted: that is two changes." The number between them was nobody's view,
 * and nobody has acknowledged it.
 */

import type { View } from '../../protocol.js';
import { ViewService } from '../../view-service.js';

export class CountsATakeoverTwice extends ViewService {
  protected override enter(view: View): void {
    const takeover = this.view.backup !== '' && view.primary === this.view.backup;
    super.enter(takeover ? { ...view, viewnum: view.viewnum + 1 } : view);
  }
}
