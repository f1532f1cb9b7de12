import { mutant, Server, type Snapshot, type UpdateParams } from '../../mutant.js';

export const ownWritesOnly = mutant({
  name: 'own-writes-only',
  thought: 'My backup gets what I have executed; the rest was there before me.',
  // It was: on a server that is dead by now. With the second fail-over the first generation of data
  // is gone.
  caughtBy: ['second-failover'],
  passes: ['primary-failure', 'append-retried-after-failover'],
  server: class extends Server {
    private readonly executed = new Set<string>();

    protected override update(update: UpdateParams): string {
      this.executed.add(update.key);
      return super.update(update);
    }

    protected override snapshot(): Snapshot {
      const { store, filter } = super.snapshot();
      return { store: store.filter(([key]) => this.executed.has(key)), filter };
    }
  },
});
