import { mutant, Server, type Pending } from '../../mutant.js';

export const sameValueSkipped = mutant({
  name: 'same-value-skipped',
  thought: 'The key has this value already, so there is nothing to do and nothing to forward.',
  // A primary that was deposed does not know what the key holds by now, and the backup, which could
  // have told it, is not asked.
  caughtBy: ['generated-links'],
  passes: ['promoted-backup-refuses-forwards', 'isolated-primary-refuses-writes'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      const { operation } = head;
      const isSame = operation.op === 'put' && this.store.get(operation.key) === operation.value;
      if (isSame) this.complete(head);
      else super.forward(head);
    }
  },
});
