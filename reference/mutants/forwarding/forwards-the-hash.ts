import { mutant, Server, valueAfter, type Operation, type Pending } from '../../mutant.js';

export const forwardsTheHash = mutant({
  name: 'forwards-the-hash',
  thought: 'The hash is computed once, at the primary; the backup only has to write it down.',
  // The backup never sees what the key held before, and so it cannot tell that to a clerk that
  // retries after a fail-over.
  caughtBy: ['forwarded-puthash-retried-after-failover'],
  passes: ['at-most-once-puthash', 'puthash-retried-after-failover'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      const operation = this.resultOf(head.operation);
      this.callBackup('backup.forward', { operation }, (answer) => {
        this.onForwardAnswer(head, answer);
      });
    }

    private resultOf(operation: Operation): Operation {
      if (operation.op !== 'puthash') return operation;
      const value = valueAfter(operation, this.store.get(operation.key) ?? '');
      return { ...operation, op: 'put', value };
    }
  },
});
