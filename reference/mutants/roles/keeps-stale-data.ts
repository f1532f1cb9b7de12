/**
 * "I was primary before, so I have the data already and need no transfer." It has what there was when it
 * was deposed; when it leads again, everything that was written since is gone.
 */

import type { View } from '../../protocol.js';
import { Server } from '../../server.js';

export class KeepsStaleData extends Server {
  protected override enterView(view: View): void {
    const [held, hadData] = [this.snapshot(), this.initialised];
    super.enterView(view);
    if (!hadData || view.primary === this.self) return;
    this.install(held);
    this.initialised = true;
  }
}
