import { Clerk, mutant, type Answer, type Task } from '../../mutant.js';

export const backsOffWithoutBound = mutant({
  name: 'backs-off-without-bound',
  thought: 'A clerk that fails should ask less and less often, so I double the pause each time.',
  // After an outage of some seconds the next attempt is as many seconds away, although everybody is
  // back.
  caughtBy: ['generated-links'],
  passes: ['clerk-cut-off', 'put-after-primary-failure'],
  clerk: class extends Clerk {
    /** Ticks of the pause after the next failure, and ticks that are left of this one. */
    private nextPause = 1;
    private ticksLeft = 0;

    override tick(): void {
      this.ticksLeft -= 1;
      if (this.ticksLeft <= 0) super.tick();
    }

    protected override lookUp(): void {
      this.ticksLeft = this.nextPause;
      this.nextPause *= 2;
      super.lookUp();
    }

    protected override onAnswer(task: Task, answer: Answer): void {
      if (answer.kind === 'result') this.nextPause = 1;
      super.onAnswer(task, answer);
    }
  },
});
