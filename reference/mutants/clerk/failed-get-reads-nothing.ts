import { Clerk, mutant, succeed, type Answer, type Task } from '../../mutant.js';

export const failedGetReadsNothing = mutant({
  name: 'failed-get-reads-nothing',
  thought: 'If the call fails, there is nothing to return.',
  // So a Get that got no answer reads as "", which says that the key was never written.
  caughtBy: ['get-after-primary-failure'],
  passes: ['single-primary', 'put-after-backup-failure'],
  clerk: class extends Clerk {
    protected override onAnswer(task: Task, answer: Answer): void {
      const failedGet = task.method === 'kv.get' && answer.kind === 'lost';
      super.onAnswer(task, failedGet ? succeed({}) : answer);
    }
  },
});
