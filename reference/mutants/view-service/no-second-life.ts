import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const noSecondLife = mutant({
  name: 'no-second-life',
  thought:
    'A server that was a member and comes back with 0 has lost its data, so it is of no use any more.',
  // It could be given them again, as a backup; each crash now costs a server for good.
  caughtBy: ['view-restarted-becomes-backup'],
  passes: ['view-restarted-backup'],
  view: class extends ViewService {
    private readonly members = new Set<string>();

    protected override ping(ping: PingParams): View {
      const isLost = this.members.has(ping.server) && !this.isMember(ping.server);
      return isLost && ping.viewnum === 0 ? this.view : super.ping(ping);
    }

    protected override enter(view: View): void {
      super.enter(view);
      this.members.add(view.primary).add(view.backup);
    }
  },
});
