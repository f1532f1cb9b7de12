import { mutant, Server, type UpdateParams } from '../../mutant.js';

const KEPT_TICKS = 20;

export const forgetsAfterTwoSeconds = mutant({
  name: 'forgets-after-two-seconds',
  thought: 'A clerk retries every ping interval, so after two seconds no retry will come.',
  // A clerk that was cut off for longer does.
  caughtBy: ['generated-retries'],
  passes: ['append-retried-after-failover', 'concurrent-appends-unreliable'],
  server: class extends Server {
    /** Ticks since the last update of each client that was executed here. */
    private readonly ages = new Map<string, number>();

    override tick(): void {
      for (const [client, age] of this.ages) {
        this.ages.set(client, age + 1);
        if (age + 1 < KEPT_TICKS) continue;
        this.ages.delete(client);
        this.filter.delete(client);
      }
      super.tick();
    }

    protected override update(update: UpdateParams): string {
      this.ages.set(update.client, 0);
      return super.update(update);
    }
  },
});
