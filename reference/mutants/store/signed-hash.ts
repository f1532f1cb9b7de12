import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const signedHash = mutant({
  name: 'signed-hash',
  thought: 'A 32-bit hash is an int.',
  // The hash of the lab has no sign; half of all hashes come out negative.
  caughtBy: ['single-primary-puthash'],
  passes: ['single-primary', 'concurrent-appends'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      const answer = super.update(update);
      const hash = this.store.get(update.key);
      if (update.op === 'puthash') this.store.set(update.key, String(Number(hash) | 0));
      return answer;
    }
  },
});
