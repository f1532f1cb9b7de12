import { mutant, ViewService } from '../../mutant.js';

export const promotesARestartedBackup = mutant({
  name: 'promotes-a-restarted-backup',
  thought: 'The primary is gone, and the backup pings: it takes over.',
  // It pings with 0, and has lost the data.
  caughtBy: ['generated-views'],
  passes: ['view-restarted-backup', 'view-uninitialised-never-primary'],
  view: class extends ViewService {
    protected override choosePrimary(): string | undefined {
      const { backup } = this.view;
      return super.choosePrimary() ?? (this.silentTicks.has(backup) ? backup : undefined);
    }
  },
});
