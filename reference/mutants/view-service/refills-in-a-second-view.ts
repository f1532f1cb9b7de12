import { mutant, ViewService } from '../../mutant.js';

export const refillsInASecondView = mutant({
  name: 'refills-in-a-second-view',
  thought: 'First the promotion, then, in the next view, a new backup.',
  // Until the second change the service depends on one server, although another was waiting; if
  // that one dies now, everything stands still for ever.
  caughtBy: ['view-refilled-at-takeover'],
  passes: ['view-backup-takes-over', 'view-dead-backup-replaced'],
  view: class extends ViewService {
    protected override chooseBackup(primary: string): string {
      const promoted = this.view.viewnum > 0 && primary !== this.view.primary;
      return promoted ? '' : super.chooseBackup(primary);
    }
  },
});
