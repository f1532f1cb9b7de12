import { mutant, ViewService } from '../../mutant.js';

export const neverGivesUpAPrimary = mutant({
  name: 'never-gives-up-a-primary',
  thought: 'The primary has the data, so I wait until it is back.',
  // Its backup has them, too, and no client is served while the primary is dead.
  caughtBy: ['view-backup-takes-over'],
  passes: ['view-restarted-primary', 'view-dead-backup-removed'],
  view: class extends ViewService {
    protected override isUp(server: string): boolean {
      const isPrimary = server !== '' && server === this.view.primary;
      return super.isUp(server) || (isPrimary && !this.restarted.has(server));
    }
  },
});
