import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const firstHashIsTheValue = mutant({
  name: 'first-hash-is-the-value',
  thought: 'The key holds nothing yet, so there is nothing to hash with, and I store the value.',
  // The lab hashes "" and the value.
  caughtBy: ['single-primary-puthash'],
  passes: ['single-primary', 'equal-values'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      const isFirst = update.op === 'puthash' && !this.store.get(update.key);
      return super.update(isFirst ? { ...update, op: 'put' } : update);
    }
  },
});
