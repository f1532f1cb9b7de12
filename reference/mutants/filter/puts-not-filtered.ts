import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const putsNotFiltered = mutant({
  name: 'puts-not-filtered',
  thought: 'A Put may be done twice, since it writes the same value both times.',
  // Between the two another client may have written, and the second one takes that back.
  caughtBy: ['generated-retries'],
  passes: ['at-most-once-append', 'forward-arrives-late'],
  server: class extends Server {
    protected override isDuplicate(update: UpdateParams): boolean {
      return update.op !== 'put' && super.isDuplicate(update);
    }
  },
});
