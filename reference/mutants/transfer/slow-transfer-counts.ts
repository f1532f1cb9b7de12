import { mutant } from '../../mutant.js';
import { SlowTransferStartsOver } from './slow-transfer-starts-over.js';

export const slowTransferCounts = mutant({
  name: 'slow-transfer-counts',
  thought:
    'After a second the backup must have received everything, although the answer has not come.',
  // It may be in the middle of it, and the transfer ends there. Then it refuses every forward, and
  // it could be promoted without the data.
  caughtBy: ['generated-transfer'],
  passes: ['transfer-outlasts-pings', 'transfer-large'],
  server: class extends SlowTransferStartsOver {
    protected override afterSlowTransfer(): void {
      this.accomplish();
    }
  },
});
