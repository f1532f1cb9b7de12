import { mutant, Server } from '../../mutant.js';

export const exitsOnLostCall = mutant({
  name: 'exits-on-lost-call',
  thought: 'A call that fails is a bug, so I stop right there and look at the message.',
  // The message is about a broken pipe, or the end of a stream, and is part of every day of a
  // server whose backup may die.
  caughtBy: ['forward-lost-then-failover'],
  passes: ['concurrent-puts', 'concurrent-appends'],
  server: class extends Server {
    protected override onForwardLost(): void {
      process.exit(1);
    }
  },
});
