import { mutant, Server, type Snapshot, type UpdateParams } from '../../mutant.js';

export const transfersTheLog = mutant({
  name: 'transfers-the-log',
  thought: 'The log of all writes is the database; a new backup replays it.',
  // It comes to the same values, and to more of it with every write, for as long as the service
  // lives.
  caughtBy: ['transfer-stays-small'],
  passes: ['second-failover', 'append-retried-after-failover'],
  server: class extends Server {
    /** Every value that any key ever had; of several for one key the last one counts. */
    private log: Snapshot['store'] = [];

    protected override update(update: UpdateParams): string {
      const answer = super.update(update);
      this.log.push([update.key, this.store.get(update.key) ?? '']);
      return answer;
    }

    protected override snapshot(): Snapshot {
      return { ...super.snapshot(), store: this.log };
    }

    protected override install(snapshot: Snapshot): void {
      super.install(snapshot);
      this.log = [...snapshot.store];
    }
  },
});
