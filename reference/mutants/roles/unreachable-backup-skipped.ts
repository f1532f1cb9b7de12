import { mutant, Server, type Answer, type Pending } from '../../mutant.js';

const NOT_LISTENING = ['ENOENT', 'ECONNREFUSED'];

export const unreachableBackupSkipped = mutant({
  name: 'unreachable-backup-skipped',
  thought: "No process listens at the backup's address, so it is dead, and I go on alone.",
  // A lost connection is tried again, as it should be; but a failed
  // dial does not prove that the backup is dead.
  caughtBy: ['writes-need-the-backup'],
  passes: ['put-after-backup-failure', 'primary-failure'],
  server: class extends Server {
    protected override onForwardAnswer(head: Pending, answer: Answer): void {
      const skipped = answer.kind === 'lost' && NOT_LISTENING.includes(answer.reason);
      if (!skipped) return super.onForwardAnswer(head, answer);
      this.complete(head);
      this.pump();
    }
  },
});
