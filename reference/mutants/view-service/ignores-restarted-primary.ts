import { mutant, ViewService } from '../../mutant.js';

export const ignoresRestartedPrimary = mutant({
  name: 'ignores-restarted-primary',
  thought: 'It pings, so it lives.',
  // A primary that pings with 0 lives, and has nothing left of what it was given; as primary it
  // serves an empty store, or does not serve.
  caughtBy: ['view-restarted-primary'],
  passes: ['view-restarted-backup'],
  view: class extends ViewService {
    protected override isRestart(server: string, viewnum: number): boolean {
      return server !== this.view.primary && super.isRestart(server, viewnum);
    }
  },
});
