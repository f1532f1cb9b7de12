/**
 * "A call that fails needs a pause; a server that refuses is alive, so I ask who is primary and go on." As
 * long as the primary is not ready, its clerks ask as fast as they can.
 */

import { Clerk, type Task } from '../../clerk.js';
import type { Answer } from '../../machine.js';

export class RefusalRetriedAtOnce extends Clerk {
  protected override onAnswer(task: Task, answer: Answer): void {
    super.onAnswer(task, answer);
    if (answer.kind === 'refused') this.lookUp();
  }
}
