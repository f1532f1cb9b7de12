import { mutant, Server, type View } from '../../mutant.js';

export const takesOldAnswers = mutant({
  name: 'takes-old-answers',
  thought: 'If the number that I am told differs from mine, the view has changed.',
  // An answer that was late tells of a view that is over. The server goes back to it, and gives up
  // the data that it has.
  caughtBy: ['generated-retries'],
  passes: ['slow-view-service', 'view-service-out-of-reach'],
  server: class extends Server {
    protected override onView(view: View, pinged: number): void {
      if (view.viewnum !== this.view.viewnum) this.enterView(view);
      else super.onView(view, pinged);
    }
  },
});
