import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const ignoresEmptyValues = mutant({
  name: 'ignores-empty-values',
  thought: 'If the value is empty, there is nothing to write.',
  // But "" is a value: who writes it over another one wants the other one gone.
  caughtBy: ['empty-values'],
  passes: ['single-primary', 'at-most-once-append'],
  server: class extends Server {
    protected override update(update: UpdateParams): string {
      const nothingToWrite = update.op === 'put' && update.value === '';
      return nothingToWrite ? '' : super.update(update);
    }
  },
});
