import { Clerk, mutant, type UpdateKind } from '../../mutant.js';

export const readsBack = mutant({
  name: 'reads-back',
  thought: 'I read the key before and after, then I know that it was written.',
  // The result is right, at three operations for one.
  caughtBy: ['calls-per-operation'],
  passes: ['at-most-once-append', 'put-after-primary-failure'],
  clerk: class extends Clerk {
    override update(
      op: UpdateKind,
      key: string,
      value: string,
      done: (before: string) => void,
    ): void {
      this.get(key, () => {
        super.update(op, key, value, (before) => this.get(key, () => done(before)));
      });
    }
  },
});
