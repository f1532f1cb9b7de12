import { mutant, Server, type Answer, type Pending, type View } from '../../mutant.js';

export const forwardBlocks = mutant({
  name: 'forward-blocks',
  thought: 'The backup must get it, so I hold the lock and call until it answers.',
  // The lock also keeps out the news that the backup is no longer in the view, so that the primary
  // calls a dead server for ever.
  caughtBy: ['backup-dies-mid-forward'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    private locked = false;

    protected override forward(head: Pending): void {
      this.locked = true;
      super.forward(head);
    }

    /** Without a success the operation stays first in line, and the next tick forwards it again. */
    protected override onForwardAnswer(head: Pending, answer: Answer): void {
      if (answer.kind !== 'result') return;
      this.locked = false;
      super.onForwardAnswer(head, answer);
    }

    protected override enterView(view: View): void {
      if (!this.locked) super.enterView(view);
    }
  },
});
