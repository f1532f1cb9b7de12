import { mutant, Server } from '../../mutant.js';

const PATIENCE_TICKS = 10;

export class SlowTransferStartsOver extends Server {
  private waitedTicks = 0;

  override tick(): void {
    super.tick();
    if (!this.isTransferring()) return;
    this.waitedTicks += 1;
    if (this.waitedTicks < PATIENCE_TICKS) return;
    this.underWay?.();
    this.underWay = undefined;
    this.afterSlowTransfer();
  }

  protected override prepareBackup(): void {
    this.waitedTicks = 0;
    super.prepareBackup();
  }

  protected afterSlowTransfer(): void {
    this.prepareBackup();
  }

  private isTransferring(): boolean {
    const isReady = this.isPrimary() && this.initialised && this.underWay !== undefined;
    return isReady && this.accomplished !== this.view.viewnum;
  }
}

export const slowTransferStartsOver = mutant({
  name: 'slow-transfer-starts-over',
  thought: 'A transfer that takes longer than a second is stuck, so I start it again.',
  // One that needs longer than that never ends, and until it does no client is served.
  caughtBy: ['generated-transfer'],
  passes: ['transfer-outlasts-pings', 'transfer-large'],
  server: SlowTransferStartsOver,
});
