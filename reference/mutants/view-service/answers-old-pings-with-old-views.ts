import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const answersOldPingsWithOldViews = mutant({
  name: 'answers-old-pings-with-old-views',
  thought: 'A server that has gone back to an old number wants to hear what that view was.',
  // It is told a view older than the one it knows, and may believe it.
  caughtBy: ['view-late-pings'],
  passes: ['view-restarted-primary'],
  view: class extends ViewService {
    private readonly views = new Map<number, View>();
    private readonly highest = new Map<string, number>();

    protected override ping(ping: PingParams): View {
      const highest = this.highest.get(ping.server) ?? 0;
      this.highest.set(ping.server, Math.max(highest, ping.viewnum));
      const view = super.ping(ping);
      const old = ping.viewnum < highest ? this.views.get(ping.viewnum) : undefined;
      return old ?? view;
    }

    protected override enter(view: View): void {
      this.views.set(view.viewnum, view);
      super.enter(view);
    }
  },
});
