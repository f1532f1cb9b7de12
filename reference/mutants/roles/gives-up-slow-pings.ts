import { mutant, Server } from '../../mutant.js';

export const givesUpSlowPings = mutant({
  name: 'gives-up-slow-pings',
  thought: 'A ping that is not answered before the next one is lost.',
  // When the view service takes a little longer than a ping interval, no answer is ever heard, and
  // no change of view either.
  caughtBy: ['slow-view-service'],
  passes: ['primary-failure', 'concurrent-puts'],
  server: class extends Server {
    protected override readonly maxPings: number = 1;
  },
});
