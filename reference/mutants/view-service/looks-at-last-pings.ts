import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const looksAtLastPings = mutant({
  name: 'looks-at-last-pings',
  thought: 'At each tick I look at what every server has pinged last.',
  // A server that restarts and pings again with a number before the tick has not restarted at all.
  caughtBy: ['generated-views'],
  passes: ['view-restarted-primary', 'view-restarted-backup'],
  view: class extends ViewService {
    private isTicking = false;

    override tick(): void {
      this.isTicking = true;
      super.tick();
      this.isTicking = false;
    }

    protected override ping(ping: PingParams): View {
      if (ping.viewnum !== 0) this.restarted.delete(ping.server);
      return super.ping(ping);
    }

    protected override advance(): void {
      if (this.isTicking) super.advance();
    }
  },
});
