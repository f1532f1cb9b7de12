import { mutant, type Pending } from '../../mutant.js';
import { SilenceCountingServer } from './silence-counting-server.js';

const LEASE_TICKS = 5;

export const leaseReads = mutant({
  name: 'lease-reads',
  thought:
    'For five ping intervals after it has heard from me the view service cannot have deposed me, so until then I answer reads alone.',
  // The view service counts from the ping and the lease from its answer, which may be late; and a
  // server that was frozen has not noticed how much time has passed.
  caughtBy: ['deposed-within-its-lease'],
  passes: ['primary-failure', 'deposed-primary-without-backup'],
  server: class extends SilenceCountingServer {
    protected override forward(head: Pending): void {
      const leased = this.silentTicks <= LEASE_TICKS;
      if (head.operation.op === 'get' && leased) this.complete(head);
      else super.forward(head);
    }
  },
});
