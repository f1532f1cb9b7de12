/**
 * "The sooner I try again, the sooner it is done." During an outage every clerk takes all the processor
 * it can get, just when the servers need it to agree on a new view.
 */

import { Clerk, type Task } from '../../clerk.js';
import type { Answer } from '../../machine.js';

export class RetriesWithoutPause extends Clerk {
  protected override onAnswer(task: Task, answer: Answer): void {
    super.onAnswer(task, answer);
    if (answer.kind !== 'result') this.lookUp();
  }
}
