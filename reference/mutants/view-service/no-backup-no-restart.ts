import { mutant, ViewService } from '../../mutant.js';

export const noBackupNoRestart = mutant({
  name: 'no-backup-no-restart',
  thought: 'Without a backup no server can take over, so the primary may as well go on.',
  // It goes on with an empty store, and the next backup is given that.
  caughtBy: ['generated-views'],
  passes: ['view-restarted-primary', 'view-restarted-sole-primary'],
  view: class extends ViewService {
    protected override isRestart(server: string, viewnum: number): boolean {
      return this.view.backup !== '' && super.isRestart(server, viewnum);
    }
  },
});
