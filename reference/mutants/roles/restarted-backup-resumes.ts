import { mutant, type View } from '../../mutant.js';
import { AskingServer } from './asking-server.js';

export const restartedBackupResumes = mutant({
  name: 'restarted-backup-resumes',
  thought: 'I ask for the view before I ping. If I am the backup, I accept forwards again.',
  // A backup that restarts before it counts as dead never pings 0. There is no new view, so no
  // transfer either, and what was written before the restart is lost with the primary.
  caughtBy: ['backup-dies-during-transfer'],
  passes: ['repeated-crash', 'last-server-restarted'],
  server: class extends AskingServer {
    protected override resume(view: View): void {
      if (view.backup !== this.self) return;
      this.enterView(view);
      this.initialised = true;
    }
  },
});
