import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const oldNumberIsRestart = mutant({
  name: 'old-number-is-restart',
  thought: 'A server whose number goes down has forgotten where it was, so it has restarted.',
  // But a ping may be late, and a copy of an old one deposes a primary that has all its data.
  caughtBy: ['view-late-pings'],
  passes: ['view-restarted-primary'],
  view: class extends ViewService {
    private readonly highest = new Map<string, number>();

    protected override ping(ping: PingParams): View {
      const highest = Math.max(ping.viewnum, this.highest.get(ping.server) ?? 0);
      this.highest.set(ping.server, highest);
      return super.ping(ping);
    }

    protected override isRestart(server: string, viewnum: number): boolean {
      return super.isRestart(server, viewnum) || viewnum < (this.highest.get(server) ?? 0);
    }
  },
});
