import { mutant, Server, type Pending } from '../../mutant.js';

export const missingKeysFromMemory = mutant({
  name: 'missing-keys-from-memory',
  thought: 'A read of a key that I do not have reads nothing, so there is nothing to forward.',
  // The key may have been written since, at the server that has taken over.
  caughtBy: ['generated-links'],
  passes: ['deposed-primary-refuses-reads', 'deposed-primary-without-backup'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      const { op, key } = head.operation;
      if (op === 'get' && !this.store.has(key)) this.complete(head);
      else super.forward(head);
    }
  },
});
