import { mutant, Server, type Operation, type Reply, type UpdateParams } from '../../mutant.js';

export const filterCheckedOnArrival = mutant({
  name: 'filter-checked-on-arrival',
  thought: 'I look up the filter when a request comes, and write it down when it is done.',
  // Between the two lies the forward to the backup, and a retry that comes meanwhile finds nothing
  // in the filter.
  caughtBy: ['retry-overlaps-original'],
  passes: ['at-most-once-append', 'append-retried-after-failover'],
  server: class extends Server {
    /** Updates that were not in the filter when they arrived. */
    private readonly passed = new WeakSet<Operation>();

    protected override enqueue(operation: Operation, reply: (reply: Reply) => void): void {
      if (operation.op !== 'get' && !super.isDuplicate(operation)) this.passed.add(operation);
      this.pending.push({ operation, waiters: [reply], uncertain: false });
    }

    protected override isDuplicate(update: UpdateParams): boolean {
      return !this.passed.has(update) && super.isDuplicate(update);
    }
  },
});
