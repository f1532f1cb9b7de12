import { mutant, Server, type ErrorName, type FromPrimary, type View } from '../../mutant.js';

export const forwardsFromOldView = mutant({
  name: 'forwards-from-old-view',
  thought: 'A forward that comes late is still a forward of my primary, and must not be lost.',
  // It takes whatever comes from the server that it was last the backup of, also after it has taken
  // that one's place.
  caughtBy: ['promoted-backup-refuses-forwards'],
  passes: ['primary-failure', 'concurrent-puts'],
  server: class extends Server {
    private lastPrimary = '';

    protected override enterView(view: View): void {
      if (view.backup === this.self) this.lastPrimary = view.primary;
      super.enterView(view);
    }

    protected override refusePeer(sender: FromPrimary): ErrorName | undefined {
      const isLate = sender.view < this.view.viewnum && sender.primary === this.lastPrimary;
      return isLate ? undefined : super.refusePeer(sender);
    }
  },
});
