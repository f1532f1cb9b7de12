import { mutant, Server, type Operation, type Reply } from '../../mutant.js';

const PLACES = 8;

export const queueOfEight = mutant({
  name: 'queue-of-eight',
  thought: 'More than eight requests never wait at once, so the queue has eight places.',
  // With more clients than that, one finds the queue full, and is never answered.
  caughtBy: ['generated-workload'],
  passes: ['concurrent-appends', 'transfer-races-updates'],
  server: class extends Server {
    protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
      if (this.pending.length < PLACES) super.enqueue(operation, reply);
    }
  },
});
