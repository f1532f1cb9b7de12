import { mutant, Server, type UpdateParams } from '../../mutant.js';

const BUFFER_LENGTH = 65_536;

export const fixedBuffer = mutant({
  name: 'fixed-buffer',
  thought: 'No client stores more than 64 kB, so a buffer of that size will do.',
  // What does not fit is cut off, and the client is told that all of it was written.
  caughtBy: ['large-values'],
  passes: ['single-primary', 'concurrent-appends'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      return super.update({ ...update, value: update.value.slice(0, BUFFER_LENGTH) });
    }
  },
});
