/** Not a mistake yet: a server that counts for how long the view service has not answered it. */

import { Server, type View } from '../../mutant.js';

export class SilenceCountingServer extends Server {
  /** Ticks since the last answer to a ping; 1 just after a tick where all is well. */
  protected silentTicks = 0;

  override tick(): void {
    this.silentTicks += 1;
    super.tick();
  }

  protected override onView(view: View, pinged: number): void {
    this.silentTicks = 0;
    super.onView(view, pinged);
  }
}
