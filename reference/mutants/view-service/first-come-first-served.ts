import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const firstComeFirstServed = mutant({
  name: 'first-come-first-served',
  thought: 'Spare servers wait in a queue, and the first in it is next.',
  // It may have died while it waited, and another that lives waits behind it.
  caughtBy: ['generated-views'],
  passes: ['view-dead-idle-not-taken', 'view-dead-backup-replaced'],
  view: class extends ViewService {
    private readonly queue = new Set<string>();

    protected override ping(ping: PingParams): View {
      if (!this.isMember(ping.server)) this.queue.add(ping.server);
      return super.ping(ping);
    }

    protected override enter(view: View): void {
      super.enter(view);
      this.queue.delete(view.primary);
      this.queue.delete(view.backup);
    }

    protected override chooseBackup(primary: string): string {
      const usual = super.chooseBackup(primary);
      if (usual === '' || usual === this.view.backup) return usual;
      const [first = usual] = [...this.queue].filter((server) => server !== primary);
      return first;
    }
  },
});
