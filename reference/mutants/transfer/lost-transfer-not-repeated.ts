/**
 * "If the transfer gets lost the backup is dead, and the view service will give me another one." It lives and
 * pings, so it stays, and the view is never acknowledged.
 */

import type { Answer } from '../../machine.js';
import { Server } from '../../server.js';

export class LostTransferNotRepeated extends Server {
  /** Number of the view in which the transfer was lost. */
  private lostIn: number | undefined;

  protected override prepareBackup(): void {
    if (this.lostIn !== this.view.viewnum) super.prepareBackup();
  }

  protected override onTransferAnswer(answer: Answer): void {
    if (answer.kind === 'lost') this.lostIn = this.view.viewnum;
    super.onTransferAnswer(answer);
  }
}
