import { mutant, ViewService, type View } from '../../mutant.js';

export const promotesAnIdleServer = mutant({
  name: 'promotes-an-idle-server',
  thought: 'Primary and backup are gone, but here is a third server: the show must go on.',
  // It goes on with an empty store, and everything that was ever acknowledged is lost.
  caughtBy: ['view-uninitialised-never-primary'],
  passes: ['view-backup-takes-over'],
  view: class extends ViewService {
    protected override withoutHeir(): Pick<View, 'primary' | 'backup'> | undefined {
      const idle = this.oldest((server) => this.isUp(server));
      const bothGone = this.view.backup !== '';
      return bothGone && idle !== undefined ? { primary: idle, backup: '' } : super.withoutHeir();
    }
  },
});
