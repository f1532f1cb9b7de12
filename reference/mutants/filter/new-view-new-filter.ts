import { mutant, Server, type View } from '../../mutant.js';

export const newViewNewFilter = mutant({
  name: 'new-view-new-filter',
  thought: 'A new view is a new beginning, and the old filter belongs to the old one.',
  // The clerks are the same, and one of them retries what was done in the view before.
  caughtBy: ['append-retried-after-failover', 'forwarded-append-retried-after-failover'],
  passes: ['at-most-once-append', 'primary-failure'],
  server: class extends Server {
    protected override enterView(view: View): void {
      this.filter.clear();
      super.enterView(view);
    }
  },
});
