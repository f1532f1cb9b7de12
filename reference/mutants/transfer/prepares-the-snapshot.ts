import { mutant, Server, type Snapshot } from '../../mutant.js';

const TICKS_BETWEEN_COPIES = 10;

export const preparesTheSnapshot = mutant({
  name: 'prepares-the-snapshot',
  thought:
    'Copying everything takes time, so I do it once a second and have the copy at hand when a backup joins.',
  // What was written since the last copy reaches the backup neither by the transfer nor by a
  // forward.
  caughtBy: ['transfer-races-updates', 'transfer-cut-off'],
  passes: ['primary-failure', 'second-failover'],
  server: class extends Server {
    private prepared: Snapshot = { store: [], filter: [] };
    private ticks = 0;

    override tick(): void {
      if (this.ticks % TICKS_BETWEEN_COPIES === 0) this.prepared = super.snapshot();
      this.ticks += 1;
      super.tick();
    }

    protected override snapshot(): Snapshot {
      return this.prepared;
    }
  },
});
