/**
 * "The forward failed, so it was not done; the clerk will ask again." The backup may have executed it,
 * and what other clients write before the clerk asks again comes later there, and earlier here.
 */

import { Server } from '../../server.js';

export class LostForwardDropped extends Server {
  protected override onForwardLost(): void {
    this.failFast();
  }
}
