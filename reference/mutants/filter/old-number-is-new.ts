import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const oldNumberIsNew = mutant({
  name: 'old-number-is-new',
  thought: 'A retry has the number of the last request; any other number is another request.',
  // A request that was held up may arrive when its client has been served long ago and has gone on
  // to its next.
  caughtBy: ['generated-retries'],
  passes: ['at-most-once-append', 'forward-arrives-late'],
  server: class extends Server {
    protected override isDuplicate({ client, sequence }: UpdateParams): boolean {
      return sequence === this.filter.get(client)?.sequence;
    }
  },
});
