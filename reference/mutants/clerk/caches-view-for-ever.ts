/**
 * "The clerk must cache the primary, so I ask the view service once." When that primary dies the clerk
 * goes on calling it.
 */

import { Clerk } from '../../clerk.js';
import type { View } from '../../protocol.js';

export class CachesViewForEver extends Clerk {
  protected override onView(view: View): void {
    super.onView(this.view.primary === '' ? view : this.view);
  }
}
