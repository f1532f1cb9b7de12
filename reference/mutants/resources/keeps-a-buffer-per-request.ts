/**
 * "Each request gets a buffer that is large enough for whatever comes." It is kept with the request, for a retry
 * that mostly never comes.
 */

import type { Operation } from '../../replica.js';
import { Server } from '../../server.js';

const BUFFER_BYTES = 256 * 1024;

export class KeepsABufferPerRequest extends Server {
  private readonly buffers: Buffer[] = [];

  protected override execute(operation: Operation): string {
    // Filled, because memory that was never written takes up none.
    this.buffers.push(Buffer.alloc(BUFFER_BYTES, operation.key));
    return super.execute(operation);
  }
}
