import { mutant, refuse, Server, type Forward, type Pending } from '../../mutant.js';

export const forwardsWithoutLock = mutant({
  name: 'forwards-without-lock',
  thought: 'I hold the lock while I apply it, and give it back before I call the backup.',
  // Then two forwards are under way at once, and nothing makes the backup execute them in the order
  // in which they were applied.
  caughtBy: ['forwards-reordered'],
  passes: ['primary-failure', 'forward-lost-then-failover'],
  server: class extends Server {
    protected override pump(): void {
      if (this.view.backup === '' || !this.isServing()) return super.pump();
      for (const pending of this.pending.splice(0)) this.applyAndForward(pending);
    }

    private applyAndForward({ operation, waiters }: Pending): void {
      const done = this.perform(operation);
      const forward: Forward = { view: this.view.viewnum, primary: this.self, operation };
      this.network.call(this.view.backup, 'backup.forward', forward, (answer) => {
        for (const reply of waiters) reply(answer.kind === 'result' ? done : refuse('not-ready'));
      });
    }
  },
});
