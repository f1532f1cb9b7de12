import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const appendNeedsAKey = mutant({
  name: 'append-needs-a-key',
  thought: 'Append adds to the value of a key, and this key has none.',
  // To a missing key an append adds to nothing, and what it writes is there.
  caughtBy: ['single-primary'],
  passes: ['many-keys', 'primary-failure'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      const isMissing = !this.store.has(update.key);
      return update.op === 'append' && isMissing ? '' : super.update(update);
    }
  },
});
