import { Clerk, mutant, type View } from '../../mutant.js';

export const cachesViewForEver = mutant({
  name: 'caches-view-for-ever',
  thought: 'The clerk must cache the primary, so I ask the view service once.',
  // When that primary dies the clerk goes on calling it.
  caughtBy: ['put-after-primary-failure'],
  passes: ['single-primary', 'at-most-once-append'],
  clerk: class extends Clerk {
    protected override onView(view: View): void {
      super.onView(this.view.primary === '' ? view : this.view);
    }
  },
});
