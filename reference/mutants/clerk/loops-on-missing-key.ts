import { Clerk, mutant, valueOf, type Answer, type Task } from '../../mutant.js';

export const loopsOnMissingKey = mutant({
  name: 'loops-on-missing-key',
  thought: 'An empty answer means that the primary is not ready yet, so I ask again.',
  // For a key that was never written, or holds "", that is for ever.
  caughtBy: ['missing-key'],
  passes: ['single-primary', 'primary-failure'],
  clerk: class extends Clerk {
    protected override onAnswer(task: Task, answer: Answer): void {
      const isEmpty = answer.kind === 'result' && valueOf(answer.result) === '';
      if (task.method !== 'kv.get' || !isEmpty) super.onAnswer(task, answer);
    }
  },
});
