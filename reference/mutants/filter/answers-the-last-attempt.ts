import { mutant, Server, type Operation, type Reply } from '../../mutant.js';

export const answersTheLastAttempt = mutant({
  name: 'answers-the-last-attempt',
  thought: 'A clerk that asks again has given up its first attempt, so I answer the second.',
  // If the network has duplicated a request, no caller reads the second answer, and the clerk waits
  // for the first one for ever.
  caughtBy: ['generated-retries'],
  passes: ['retry-overlaps-original', 'concurrent-appends-unreliable'],
  server: class extends Server {
    protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
      super.enqueue(operation, reply);
      for (const { waiters } of this.pending) {
        if (waiters.includes(reply)) waiters.splice(0, waiters.length, reply);
      }
    }
  },
});
