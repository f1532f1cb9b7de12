/**
 * "The same client, the same key and the same value once more: that can only be a retry." But a client
 * may mean it.
 */

import type { UpdateParams } from '../../protocol.js';
import { Server } from '../../server.js';

export class FilterByContent extends Server {
  private readonly lastContent = new Map<string, string>();

  protected override isDuplicate(update: UpdateParams): boolean {
    return super.isDuplicate(update) || this.lastContent.get(update.client) === contentOf(update);
  }

  protected override update(update: UpdateParams): string {
    this.lastContent.set(update.client, contentOf(update));
    return super.update(update);
  }
}

function contentOf({ op, key, value }: UpdateParams): string {
  return JSON.stringify([op, key, value]);
}
