import { mutant, Server, type Pending } from '../../mutant.js';

export const readsFromMemory = mutant({
  name: 'reads-from-memory',
  thought: 'A read changes nothing, so the backup need not hear of it.',
  // But only the backup could have told a primary that has been deposed: it goes on answering reads
  // with what it knew.
  caughtBy: [
    'reads-need-the-backup',
    'deposed-primary-refuses-reads',
    'deposed-primary-without-backup',
    'frozen-primary',
  ],
  passes: ['primary-failure', 'concurrent-puts'],
  server: class extends Server {
    protected override forward(head: Pending): void {
      if (head.operation.op === 'get') this.complete(head);
      else super.forward(head);
    }
  },
});
