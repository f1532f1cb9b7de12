import { Clerk, mutant, type Answer, type Task } from '../../mutant.js';

export const retriesWithoutPause = mutant({
  name: 'retries-without-pause',
  thought: 'The sooner I try again, the sooner it is done.',
  // During an outage every clerk takes all the processor it can get, just when the servers need it
  // to agree on a new view.
  caughtBy: ['paced-retries'],
  passes: ['at-most-once-append', 'put-after-primary-failure'],
  clerk: class extends Clerk {
    protected override onAnswer(task: Task, answer: Answer): void {
      super.onAnswer(task, answer);
      if (answer.kind !== 'result') this.lookUp();
    }
  },
});
