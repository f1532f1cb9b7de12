/**
 * "Before I serve a request I make sure that I am still primary." But what the view service says is
 * old when it arrives; it is the backup that protects a deposed primary from serving.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

export class AsksViewPerRequest extends Server {
  protected override onClientRequest(operation: Operation, reply: (reply: Reply) => void): void {
    this.ping();
    super.onClientRequest(operation, reply);
  }
}
