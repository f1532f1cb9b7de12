import { mutant, Server, type Snapshot } from '../../mutant.js';

export const keepsItsFilter = mutant({
  name: 'keeps-its-filter',
  thought: 'A transfer must not make me forget what I have executed, so the higher number counts.',
  // What this server executed in an old view may never have been done in the view that followed.
  // Its store forgets that, and its filter throws out the update when it comes again.
  caughtBy: ['frozen-backup'],
  passes: ['deposed-primary-comes-back', 'append-retried-after-failover'],
  server: class extends Server {
    protected override install(snapshot: Snapshot): void {
      const own = this.filter;
      super.install(snapshot);
      for (const [client, last] of own) {
        const received = this.filter.get(client)?.sequence ?? 0;
        if (last.sequence > received) this.filter.set(client, last);
      }
    }
  },
});
