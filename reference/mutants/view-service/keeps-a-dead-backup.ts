import { mutant, ViewService } from '../../mutant.js';

export const keepsADeadBackup = mutant({
  name: 'keeps-a-dead-backup',
  thought: 'I replace a dead backup as soon as there is another.',
  // Until then the primary forwards to a dead server, and cannot answer anybody.
  caughtBy: ['view-dead-backup-removed'],
  passes: ['view-dead-backup-replaced'],
  view: class extends ViewService {
    protected override chooseBackup(primary: string): string {
      const { backup } = this.view;
      const isDead = backup !== primary && !this.silentTicks.has(backup);
      return super.chooseBackup(primary) || (isDead ? backup : '');
    }
  },
});
