import { mutant, Server, type View } from '../../mutant.js';

export const keepsStaleData = mutant({
  name: 'keeps-stale-data',
  thought: 'I was primary before, so I have the data already and need no transfer.',
  // It has what there was when it was deposed; when it leads again, everything that was written
  // since is gone.
  caughtBy: ['deposed-primary-comes-back'],
  passes: ['primary-failure', 'deposed-primary-refuses-reads'],
  server: class extends Server {
    protected override enterView(view: View): void {
      const [held, hadData] = [this.snapshot(), this.initialised];
      super.enterView(view);
      if (!hadData || view.primary === this.self) return;
      this.install(held);
      this.initialised = true;
    }
  },
});
