import { Clerk, mutant, type UpdateParams } from '../../mutant.js';

export const sharedClientId = mutant({
  name: 'shared-client-id',
  thought: 'A clerk numbers its requests, and the number is what a retry is known by.',
  // Every clerk begins with 1, so that the requests of one look like retries of another.
  caughtBy: ['equal-values'],
  passes: ['single-primary', 'at-most-once-append'],
  clerk: class extends Clerk {
    protected override name(): Pick<UpdateParams, 'client' | 'sequence'> {
      return { ...super.name(), client: 'clerk' };
    }
  },
});
