import { mutant, ViewService } from '../../mutant.js';

export const newestBecomesBackup = mutant({
  name: 'newest-becomes-backup',
  thought: 'The newest server becomes backup: it has the most life before it.',
  // The backup that has all the data is sent away for one that has none, whenever a server joins.
  caughtBy: ['view-newcomer-waits'],
  passes: ['view-backup-takes-over'],
  view: class extends ViewService {
    protected override chooseBackup(primary: string): string {
      const alive = [...this.silentTicks.keys()];
      return alive.findLast((server) => server !== primary && this.isUp(server)) ?? '';
    }
  },
});
