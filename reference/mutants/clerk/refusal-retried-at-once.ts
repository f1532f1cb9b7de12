import { Clerk, mutant, type Answer, type Task } from '../../mutant.js';

export const refusalRetriedAtOnce = mutant({
  name: 'refusal-retried-at-once',
  thought: 'A call that fails needs a pause; a server that refuses is alive, so I go on at once.',
  // As long as the primary is not ready, its clerks ask as fast as they can.
  caughtBy: ['paced-retries-refused'],
  passes: ['paced-retries', 'put-after-primary-failure'],
  clerk: class extends Clerk {
    protected override onAnswer(task: Task, answer: Answer): void {
      super.onAnswer(task, answer);
      if (answer.kind === 'refused') this.lookUp();
    }
  },
});
