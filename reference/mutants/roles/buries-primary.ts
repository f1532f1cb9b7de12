import { Clerk, mutant, type Answer, type Task, type View } from '../../mutant.js';

const NOT_LISTENING = ['ENOENT', 'ECONNREFUSED'];

export const buriesPrimary = mutant({
  name: 'buries-primary',
  thought:
    "No process listens at the primary's address, so it is dead, and I need not call it again before the view service names another.",
  // It may only be out of reach; then no other one is ever named.
  caughtBy: ['clerk-cut-off'],
  passes: ['put-after-primary-failure', 'at-most-once-append'],
  clerk: class extends Clerk {
    /** Number of the view whose primary is taken for dead. */
    private buried: number | undefined;

    protected override onAnswer(task: Task, answer: Answer): void {
      const isDead = answer.kind === 'lost' && NOT_LISTENING.includes(answer.reason);
      if (isDead) this.buried = this.view.viewnum;
      super.onAnswer(task, answer);
    }

    protected override onView(view: View): void {
      if (view.viewnum !== this.buried) super.onView(view);
    }
  },
});
