import { mutant, NO_VIEW } from '../../mutant.js';
import { SilenceCountingServer } from './silence-counting-server.js';

const GONE_TICKS = 10;

export const startsOverWhenCutOff = mutant({
  name: 'starts-over-when-cut-off',
  thought:
    'When the view service has not answered for a second, I am out of the view, so I start from the beginning.',
  // If no other server was there to take over, it still is the primary, and has thrown away the only
  // copy of the data.
  caughtBy: ['generated-links'],
  passes: ['view-service-out-of-reach', 'frozen-view-service'],
  server: class extends SilenceCountingServer {
    override tick(): void {
      if (this.silentTicks >= GONE_TICKS && this.view.viewnum > 0) this.startOver();
      super.tick();
    }

    private startOver(): void {
      this.enterView(NO_VIEW);
      for (const abandon of this.pings) abandon();
      this.pings.clear();
    }
  },
});
