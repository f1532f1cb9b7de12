/**
 * "When the view service does not answer, I am cut off and somebody else takes over; I serve again when I
 * am named in a new view." A moment's silence deposes nobody, so no new view ever comes.
 */

import type { ErrorName, View } from '../../protocol.js';
import { SilenceCountingServer } from './silence-counting-server.js';

export class ResignsWhenPingFails extends SilenceCountingServer {
  private resigned = false;

  override tick(): void {
    super.tick();
    if (this.isPrimary() && this.silentTicks > 1) this.resigned = true;
  }

  protected override enterView(view: View): void {
    this.resigned = false;
    super.enterView(view);
  }

  protected override refuseClient(): ErrorName | undefined {
    return this.resigned ? 'not-primary' : super.refuseClient();
  }
}
