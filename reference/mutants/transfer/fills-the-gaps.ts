import { mutant, Server, type Snapshot } from '../../mutant.js';

export const fillsTheGaps = mutant({
  name: 'fills-the-gaps',
  thought:
    'I still have most of the data, so I take from the transfer only the keys that I do not have.',
  // Keys that were overwritten while this server was away keep their old values.
  caughtBy: ['deposed-primary-comes-back'],
  passes: ['primary-failure', 'backup-dies-during-transfer'],
  server: class extends Server {
    protected override install(snapshot: Snapshot): void {
      const own = this.store;
      super.install(snapshot);
      for (const [key, value] of own) this.store.set(key, value);
    }
  },
});
