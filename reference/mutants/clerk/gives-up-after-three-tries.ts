import { Clerk, mutant, succeed, type Answer, type Task } from '../../mutant.js';

export class GivesUpAfterThreeTries extends Clerk {
  protected readonly patience: number = 3;
  private failures = 0;

  protected override onAnswer(task: Task, answer: Answer): void {
    this.failures = answer.kind === 'result' ? 0 : this.failures + 1;
    if (this.failures < this.patience) return super.onAnswer(task, answer);
    this.failures = 0;
    super.onAnswer(task, succeed({}));
  }
}

export const givesUpAfterThreeTries = mutant({
  name: 'gives-up-after-three-tries',
  thought: 'If three calls in a row fail, the servers are gone, and the loop has to end some day.',
  // A fail-over takes longer than that; the caller is told that its operation is done, and it was
  // not.
  caughtBy: ['put-after-primary-failure'],
  passes: ['single-primary', 'acknowledged-means-done'],
  clerk: GivesUpAfterThreeTries,
});
