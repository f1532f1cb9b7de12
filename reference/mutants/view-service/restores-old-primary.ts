import { mutant, ViewService, type PingParams, type View } from '../../mutant.js';

export const restoresOldPrimary = mutant({
  name: 'restores-old-primary',
  thought: 'It was only away for a moment, so it may go on as primary.',
  // What was written since was written without it. If it pings with 0 it has lost everything, that
  // much is clear.
  caughtBy: ['view-deposed-primary'],
  passes: ['view-backup-takes-over', 'view-restarted-becomes-backup'],
  view: class extends ViewService {
    private deposed = '';

    protected override ping(ping: PingParams): View {
      if (ping.server === this.deposed && ping.viewnum === 0) this.deposed = '';
      return super.ping(ping);
    }

    protected override enter(view: View): void {
      if (view.primary !== this.view.primary) this.deposed = this.view.primary;
      super.enter(view);
    }

    protected override choosePrimary(): string | undefined {
      return this.isUp(this.deposed) ? this.deposed : super.choosePrimary();
    }
  },
});
