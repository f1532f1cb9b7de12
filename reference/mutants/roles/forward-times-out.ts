import { mutant, Server, type Pending } from '../../mutant.js';

const PATIENCE_TICKS = 2;

export const forwardTimesOut = mutant({
  name: 'forward-times-out',
  thought:
    'A backup that has not answered for two ping intervals is dead, and the view service will soon say so.',
  // It may only be slow or frozen; and until the view changes, only one replica holds what was
  // acknowledged.
  caughtBy: ['frozen-backup', 'forwards-held'],
  passes: ['backup-dies-mid-forward', 'primary-failure'],
  server: class extends Server {
    private waitedTicks = 0;

    protected override forward(head: Pending): void {
      this.waitedTicks = 0;
      super.forward(head);
    }

    override tick(): void {
      super.tick();
      const [head] = this.pending;
      if (!this.isServing() || !this.underWay || head === undefined) return;
      this.waitedTicks += 1;
      if (this.waitedTicks < PATIENCE_TICKS) return;
      this.underWay();
      this.underWay = undefined;
      this.complete(head);
      this.pump();
    }
  },
});
