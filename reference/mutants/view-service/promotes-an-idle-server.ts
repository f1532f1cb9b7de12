/**
 * "Primary and backup are gone, but here is a third server: the show must go on." It goes on with an empty
 * store, and everything that was ever acknowledged is lost.
 */

import type { View } from '../../protocol.js';
import { ViewService } from '../../view-service.js';

export class PromotesAnIdleServer extends ViewService {
  protected override withoutHeir(): Pick<View, 'primary' | 'backup'> | undefined {
    const idle = this.oldest((server) => this.isUp(server));
    const bothGone = this.view.backup !== '';
    return bothGone && idle !== undefined ? { primary: idle, backup: '' } : super.withoutHeir();
  }
}
