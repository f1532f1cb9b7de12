/**
 * "A Put may be done twice, since it writes the same value both times." Between the two another client may
 * have written, and the second one takes that back.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class PutsNotFiltered extends Server {
  protected override isDuplicate(update: UpdateParams): boolean {
    return update.op !== 'put' && super.isDuplicate(update);
  }
}
