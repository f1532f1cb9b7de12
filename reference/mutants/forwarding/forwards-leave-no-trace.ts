/**
 * "The filter is about my clients, and a forward comes from none of them." When the backup has become
 * primary, they are its clients; it knows nothing of what it has done for them, and does it again.
 */

import type { UpdateParams } from '../../protocol.js';
import type { LastUpdate } from '../../replica.js';
import { Server } from '../../server.js';

export class ForwardsLeaveNoTrace extends Server {
  protected override update(update: UpdateParams): string {
    const known = this.filter.get(update.client);
    const answer = super.update(update);
    if (!this.isPrimary()) this.restore(update.client, known);
    return answer;
  }

  private restore(client: string, known: LastUpdate | undefined): void {
    if (known === undefined) this.filter.delete(client);
    else this.filter.set(client, known);
  }
}
