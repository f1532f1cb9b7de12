import { mutant, Server, type Operation } from '../../mutant.js';

export const deduplicatesItsLog = mutant({
  name: 'deduplicates-its-log',
  thought: 'I add each request to my log, and then I throw the duplicates out of it.',
  // The log is gone through for each of its entries, so each operation takes longer than the one
  // before it.
  caughtBy: ['resources-of-operations'],
  passes: ['transfer-stays-small', 'at-most-once-append'],
  server: class extends Server {
    private log: Operation[] = [];

    protected override execute(operation: Operation): string {
      this.log.push({ ...operation });
      this.log = this.log.filter((entry, index) => this.firstLike(entry) === index);
      return super.execute(operation);
    }

    private firstLike(entry: Operation): number {
      return this.log.findIndex((other) => isSame(other, entry));
    }
  },
});

function isSame(one: Operation, other: Operation): boolean {
  return one.op === other.op && one.key === other.key && textOf(one) === textOf(other);
}

function textOf(operation: Operation): string {
  return 'value' in operation ? `${operation.client} ${operation.sequence}` : '';
}
