import { Clerk, mutant, type UpdateKind } from '../../mutant.js';

export const returnsBeforeTheReply = mutant({
  name: 'returns-before-the-reply',
  thought: 'Put and Append return nothing, so there is nothing to wait for.',
  // Retries go on behind the back of the caller, who believes that its write is done, and tells
  // others.
  caughtBy: ['acknowledged-means-done'],
  passes: ['single-primary', 'at-most-once-append'],
  clerk: class extends Clerk {
    override update(
      op: UpdateKind,
      key: string,
      value: string,
      done: (before: string) => void,
    ): void {
      if (op === 'puthash') return super.update(op, key, value, done);
      super.update(op, key, value, () => {});
      done('');
    }
  },
});
