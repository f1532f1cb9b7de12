import { mutant } from '../../mutant.js';
import { SilenceCountingServer } from './silence-counting-server.js';

const DEAD_TICKS = 5;

export const takesOverByItself = mutant({
  name: 'takes-over-by-itself',
  thought:
    'The view service has been silent for five pings, so it is dead, and the backup has to take the lead by itself.',
  // No other process knows the view that it makes up.
  caughtBy: ['frozen-view-service'],
  passes: ['primary-failure', 'view-service-out-of-reach'],
  server: class extends SilenceCountingServer {
    override tick(): void {
      super.tick();
      const isBackup = this.view.backup === this.self && this.initialised;
      if (!isBackup || this.silentTicks <= DEAD_TICKS) return;
      this.enterView({ viewnum: this.view.viewnum + 1, primary: this.self, backup: '' });
      this.acknowledged = true;
    }
  },
});
