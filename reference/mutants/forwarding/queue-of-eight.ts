/**
 * "More than eight requests never wait at once, so the queue has eight places." With more clients than that,
 * one finds the queue full, and is never answered.
 */

import type { Reply } from '../../machine.js';
import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

const PLACES = 8;

export class QueueOfEight extends Server {
  protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
    if (this.pending.length < PLACES) super.enqueue(operation, reply);
  }
}
