import { mutant, type ErrorName, type View } from '../../mutant.js';
import { SilenceCountingServer } from './silence-counting-server.js';

export const resignsWhenPingFails = mutant({
  name: 'resigns-when-ping-fails',
  thought:
    'When the view service does not answer, I am cut off, and I serve again when I am named in a new view.',
  // A moment of silence does not depose the primary, so no new view ever comes.
  caughtBy: ['view-service-out-of-reach'],
  passes: ['primary-failure', 'deposed-primary-refuses-reads'],
  server: class extends SilenceCountingServer {
    private resigned = false;

    override tick(): void {
      super.tick();
      if (this.isPrimary() && this.silentTicks > 1) this.resigned = true;
    }

    protected override enterView(view: View): void {
      this.resigned = false;
      super.enterView(view);
    }

    protected override refuseClient(): ErrorName | undefined {
      return this.resigned ? 'not-primary' : super.refuseClient();
    }
  },
});
