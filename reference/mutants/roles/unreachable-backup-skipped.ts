import { mutant, Server, type Answer, type Pending } from '../../mutant.js';

const NOBODY_LISTENS = ['ENOENT', 'ECONNREFUSED'];

export const unreachableBackupSkipped = mutant({
  name: 'unreachable-backup-skipped',
  thought: "Nobody listens at the backup's address, so it is dead, and I go on alone.",
  // A lost connection is tried again, as it should be; but that nobody could be reached says
  // nothing about who is alive.
  caughtBy: ['writes-need-the-backup'],
  passes: ['put-after-backup-failure', 'primary-failure'],
  server: class extends Server {
    protected override onForwardAnswer(head: Pending, answer: Answer): void {
      const skipped = answer.kind === 'lost' && NOBODY_LISTENS.includes(answer.reason);
      if (!skipped) return super.onForwardAnswer(head, answer);
      this.complete(head);
      this.pump();
    }
  },
});
