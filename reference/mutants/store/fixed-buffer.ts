/**
 * "Nobody stores more than 64 kB, so a buffer of that size will do." What does not fit is cut off, and
 * the client is told that all of it was written.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

const BUFFER_LENGTH = 65_536;

export class FixedBuffer extends Server {
  protected override update(update: UpdateParams): string {
    return super.update({ ...update, value: update.value.slice(0, BUFFER_LENGTH) });
  }
}
