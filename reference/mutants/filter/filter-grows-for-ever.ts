import { mutant, Server, type Operation } from '../../mutant.js';

export const filterGrowsForEver = mutant({
  name: 'filter-grows-for-ever',
  thought: 'I remember every request that I have executed.',
  // One entry for each, kept for ever, and sent to every new backup.
  caughtBy: ['transfer-stays-small'],
  passes: ['at-most-once-append', 'append-retried-after-failover'],
  server: class extends Server {
    protected override execute(operation: Operation): string {
      if (operation.op === 'get') return super.execute(operation);
      const { client, sequence } = operation;
      return super.execute({ ...operation, client: `${client} ${sequence}` });
    }
  },
});
