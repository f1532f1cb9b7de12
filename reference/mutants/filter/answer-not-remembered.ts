import { mutant, Server, type Operation } from '../../mutant.js';

export const answerNotRemembered = mutant({
  name: 'answer-not-remembered',
  thought: 'A retry must not be executed again, so I answer it with what is there.',
  // What is there is the hash that the first attempt has left, and the clerk asked for the value
  // before it.
  caughtBy: ['at-most-once-puthash', 'puthash-retried-after-failover'],
  passes: ['at-most-once-append', 'single-primary-puthash'],
  server: class extends Server {
    protected override execute(operation: Operation): string {
      const isRetry = operation.op !== 'get' && this.isDuplicate(operation);
      return isRetry ? (this.store.get(operation.key) ?? '') : super.execute(operation);
    }
  },
});
