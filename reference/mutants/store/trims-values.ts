import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const trimsValues = mutant({
  name: 'trims-values',
  thought: 'I read a line and trim it, as one does with input.',
  // The spaces and newlines at the ends of a value were part of it.
  caughtBy: ['odd-bytes'],
  passes: ['single-primary', 'concurrent-appends'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      return super.update({ ...update, value: update.value.trim() });
    }
  },
});
