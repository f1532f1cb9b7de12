import { mutant, Server } from '../../mutant.js';

export const lostForwardDropped = mutant({
  name: 'lost-forward-dropped',
  thought: 'The forward failed, so it was not done; the clerk will ask again.',
  // The backup may have executed it, and what other clients write before the clerk asks again comes
  // later there, and earlier here.
  caughtBy: ['forward-executed-unanswered'],
  passes: ['concurrent-puts', 'concurrent-appends', 'forward-lost-then-failover'],
  server: class extends Server {
    protected override onForwardLost(): void {
      this.failFast();
    }
  },
});
