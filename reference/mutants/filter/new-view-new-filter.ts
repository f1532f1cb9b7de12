/**
 * "A new view is a new beginning, and the old filter belongs to the old one." The clerks are the same, and
 * one of them retries what was done in the view before.
 */

import type { View } from '../../protocol.js';
import { Server } from '../../server.js';

export class NewViewNewFilter extends Server {
  protected override enterView(view: View): void {
    this.filter.clear();
    super.enterView(view);
  }
}
