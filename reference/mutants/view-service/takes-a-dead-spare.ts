import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const takesADeadSpare = mutant({
  name: 'takes-a-dead-spare',
  thought: 'A server that has pinged is on my list of spare servers.',
  // No server is ever taken off the list, so a server that died long ago becomes backup, and the
  // primary cannot answer anybody until it has been found dead.
  caughtBy: ['view-dead-idle-not-taken'],
  passes: ['view-dead-backup-replaced', 'view-dead-backup-removed'],
  view: class extends ViewService {
    private readonly spares = new Set<string>();

    protected override ping(ping: PingParams): View {
      if (!this.isMember(ping.server)) this.spares.add(ping.server);
      return super.ping(ping);
    }

    protected override enter(view: View): void {
      super.enter(view);
      this.spares.delete(view.primary);
      this.spares.delete(view.backup);
    }

    protected override chooseBackup(primary: string): string {
      const [spare = ''] = [...this.spares].filter((server) => server !== primary);
      return super.chooseBackup(primary) || spare;
    }
  },
});
