/**
 * "My primary has thrown the duplicates out already, so what it forwards is to be executed." A forward
 * whose answer was lost is forwarded again, and then the backup alone does it twice.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class BackupNeverFilters extends Server {
  protected override isDuplicate(update: UpdateParams): boolean {
    return this.isPrimary() && super.isDuplicate(update);
  }
}
