import { mutant, ViewService } from '../../mutant.js';

export const ignoresRestartedBackup = mutant({
  name: 'ignores-restarted-backup',
  thought: 'A backup that restarts is backup again, so nothing has changed.',
  // Its primary, which sees no new view, does not send it the data that it has lost.
  caughtBy: ['view-restarted-backup'],
  passes: ['view-restarted-primary'],
  view: class extends ViewService {
    protected override isRestart(server: string, viewnum: number): boolean {
      return server === this.view.primary && super.isRestart(server, viewnum);
    }
  },
});
