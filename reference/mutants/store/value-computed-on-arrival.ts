import { mutant, Server, succeed, valueAfter, type Operation, type Reply } from '../../mutant.js';

export const valueComputedOnArrival = mutant({
  name: 'value-computed-on-arrival',
  thought: 'I look up the old value when the request comes, and write the new one later.',
  // Two requests that come together see the same old value, and the second hides the first.
  caughtBy: ['concurrent-appends', 'concurrent-puthash'],
  passes: ['single-primary-puthash', 'at-most-once-append'],
  server: class extends Server {
    protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
      if (operation.op === 'get') return super.enqueue(operation, reply);
      const before = this.store.get(operation.key) ?? '';
      const put: Operation = { ...operation, op: 'put', value: valueAfter(operation, before) };
      const result = operation.op === 'puthash' ? { value: before } : {};
      super.enqueue(put, (answer) => reply(answer.kind === 'result' ? succeed(result) : answer));
    }
  },
});
