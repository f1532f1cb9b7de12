import { mutant, Server } from '../../mutant.js';

export const waitsForItsClerk = mutant({
  name: 'waits-for-its-clerk',
  thought: 'If a forward gets lost, the clerk asks again, and then I forward it again.',
  // Not a clerk that has died: its update stays the first in line, and everybody else waits behind
  // it.
  caughtBy: ['clerk-dies-mid-operation'],
  passes: ['at-most-once-append', 'concurrent-appends-unreliable'],
  server: class extends Server {
    protected override pump(): void {
      const [head] = this.pending;
      const waits = head?.uncertain === true && head.waiters.length === 0;
      if (!waits) super.pump();
    }
  },
});
