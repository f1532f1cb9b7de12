import { mutant, Server, valueAfter, type Operation, type Pending } from '../../mutant.js';

export const forwardsTheResult = mutant({
  name: 'forwards-the-result',
  thought: 'If I send the backup the resulting value, both surely hold the same.',
  // They do; and an append of ten bytes to a value of a megabyte takes a megabyte.
  caughtBy: ['bytes-per-operation'],
  passes: ['concurrent-appends-unreliable', 'forward-lost-then-failover'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      const operation = this.resultOf(head.operation);
      this.callBackup('backup.forward', { operation }, (answer) => {
        this.onForwardAnswer(head, answer);
      });
    }

    private resultOf(operation: Operation): Operation {
      if (operation.op !== 'append') return operation;
      const value = valueAfter(operation, this.store.get(operation.key) ?? '');
      return { ...operation, op: 'put', value };
    }
  },
});
