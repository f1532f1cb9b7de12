import { mutant, type View } from '../../mutant.js';
import { AskingServer } from './asking-server.js';

export const restartedPrimaryResumes = mutant({
  name: 'restarted-primary-resumes',
  thought: 'I ask for the view before I ping. If I am the primary, I go on from there.',
  // A primary that restarts before it counts as dead finds itself still named, and pings with the
  // number of the view, so that the restart goes unnoticed. It answers from an empty store.
  caughtBy: ['last-server-restarted'],
  passes: ['repeated-crash', 'restarted-primary-refuses-clients'],
  server: class extends AskingServer {
    protected override resume(view: View): void {
      if (view.primary !== this.self) return;
      this.enterView(view);
      this.accomplished = view.viewnum;
    }

    protected override keepsData(next: View): boolean {
      const isFirst = this.view.viewnum === 0 && next.primary === this.self;
      return isFirst || super.keepsData(next);
    }
  },
});
