/**
 * "A transfer is the whole database, so I take it as it comes." One that comes late, after newer updates
 * were forwarded, takes them back.
 */

import type { Reply } from '../../machine.js';
import type { Transfer } from '../../peer-protocol.js';
import { Server } from '../../server.js';

export class InstallsEveryTransfer extends Server {
  protected override onTransfer(transfer: Transfer): Reply {
    if (!this.refusePeer(transfer)) this.install(transfer);
    return super.onTransfer(transfer);
  }
}
