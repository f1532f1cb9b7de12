/**
 * "If value is empty, there is nothing to write." But "" is a value: who writes it over another one
 * wants the other one gone.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class IgnoresEmptyValues extends Server {
  protected override update(update: UpdateParams): string {
    const nothingToWrite = update.op === 'put' && update.value === '';
    return nothingToWrite ? '' : super.update(update);
  }
}
