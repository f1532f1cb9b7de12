import { mutant, Server, type LastUpdate, type Snapshot, type View } from '../../mutant.js';

export const forwardsNotInFilter = mutant({
  name: 'forwards-not-in-filter',
  thought: 'The filter is for clerks; what my primary forwarded was its business, not mine.',
  // But its clerks become mine when it dies, and the one that had no answer asks me.
  caughtBy: ['forwarded-append-retried-after-failover', 'forwarded-puthash-retried-after-failover'],
  passes: ['at-most-once-append', 'append-retried-after-failover'],
  server: class extends Server {
    /** The filter as it came with the transfer. */
    private ofClerks = new Map<string, LastUpdate>();

    protected override install(snapshot: Snapshot): void {
      super.install(snapshot);
      this.ofClerks = new Map(this.filter);
    }

    protected override enterView(view: View): void {
      const isPromoted = this.view.backup === this.self && view.primary === this.self;
      if (isPromoted) this.filter = this.ofClerks;
      super.enterView(view);
    }
  },
});
