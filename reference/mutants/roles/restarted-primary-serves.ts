import { mutant, Server, type View } from '../../mutant.js';

export const restartedPrimaryServes = mutant({
  name: 'restarted-primary-serves',
  thought: 'The view service says that I am the primary, so I am.',
  // It says so to a server that has restarted since, too; and what that one was the primary of is
  // gone.
  caughtBy: ['last-server-restarted'],
  passes: ['primary-failure', 'last-server-killed'],
  server: class extends Server {
    protected override keepsData(next: View): boolean {
      const isFirst = this.view.viewnum === 0 && next.primary === this.self;
      return isFirst || super.keepsData(next);
    }
  },
});
