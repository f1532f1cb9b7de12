import { mutant, type Pending } from '../../mutant.js';
import { SilenceCountingServer } from './silence-counting-server.js';

/** An answer to a ping that is missing for so long counts as a view service that is gone. */
const GONE_TICKS = 3;

export const servesAloneWhenCutOff = mutant({
  name: 'serves-alone-when-cut-off',
  thought:
    'I reach neither the view service nor my backup, so I am the last one left, and must carry on.',
  // The others are not gone; they have gone on without it.
  caughtBy: ['isolated-primary-refuses-writes', 'deposed-primary-without-backup'],
  passes: ['deposed-primary-refuses-reads', 'writes-need-the-backup'],
  server: class extends SilenceCountingServer {
    protected override onForwardLost(head: Pending): void {
      if (this.silentTicks < GONE_TICKS) return super.onForwardLost(head);
      this.complete(head);
      this.pump();
    }
  },
});
