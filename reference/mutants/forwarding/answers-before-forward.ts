import { mutant, Server, type Pending } from '../../mutant.js';

export const answersBeforeForward = mutant({
  name: 'answers-before-forward',
  thought: 'The backup will have it in a moment, so I need not keep my client waiting for that.',
  // If the primary dies in that moment, the client believes in a write that no server has.
  caughtBy: ['forwards-held'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      const { operation } = head;
      this.complete(head);
      this.callBackup('backup.forward', { operation }, () => this.pump());
    }
  },
});
