/**
 * "I read a line and trim it, as one does with input." The spaces and newlines at the ends of a value
 * were part of it.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class TrimsValues extends Server {
  protected override update(update: UpdateParams): string {
    return super.update({ ...update, value: update.value.trim() });
  }
}
