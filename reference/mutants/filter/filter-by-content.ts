import { mutant, Server, type UpdateParams } from '../../mutant.js';

export const filterByContent = mutant({
  name: 'filter-by-content',
  thought: 'The same client, key and value once more: that can only be a retry.',
  // But a client may mean it.
  caughtBy: ['equal-values'],
  passes: ['at-most-once-append', 'append-retried-after-failover'],
  server: class extends Server {
    private readonly lastContent = new Map<string, string>();

    protected override isDuplicate(update: UpdateParams): boolean {
      return super.isDuplicate(update) || this.lastContent.get(update.client) === contentOf(update);
    }

    protected override update(update: UpdateParams): string {
      this.lastContent.set(update.client, contentOf(update));
      return super.update(update);
    }
  },
});

function contentOf({ op, key, value }: UpdateParams): string {
  return JSON.stringify([op, key, value]);
}
