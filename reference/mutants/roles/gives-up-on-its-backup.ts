import { mutant, Server, type Answer, type Pending, type View } from '../../mutant.js';

const PATIENCE_TICKS = 30;

export const givesUpOnItsBackup = mutant({
  name: 'gives-up-on-its-backup',
  thought:
    'I have tried to reach my backup for three seconds. A service cannot stand still for ever, so I go on alone.',
  // The view service hears from both and leaves the backup in the view, and so it can be promoted
  // without what was written meanwhile.
  caughtBy: ['generated-links'],
  passes: ['writes-need-the-backup', 'frozen-backup'],
  server: class extends Server {
    /** Ticks since a forward was sent for the first time and not answered; `undefined` if none is. */
    private waitedTicks: number | undefined;

    override tick(): void {
      if (this.waitedTicks !== undefined) this.waitedTicks += 1;
      if (this.hasGivenUp()) this.underWay?.();
      if (this.hasGivenUp()) this.underWay = undefined;
      super.tick();
    }

    protected override enterView(view: View): void {
      this.waitedTicks = undefined;
      super.enterView(view);
    }

    protected override forward(head: Pending): void {
      this.waitedTicks ??= 0;
      if (this.hasGivenUp()) this.complete(head);
      else super.forward(head);
    }

    protected override onForwardAnswer(head: Pending, answer: Answer): void {
      if (answer.kind !== 'lost') this.waitedTicks = undefined;
      super.onForwardAnswer(head, answer);
    }

    private hasGivenUp(): boolean {
      return (this.waitedTicks ?? 0) >= PATIENCE_TICKS;
    }
  },
});
