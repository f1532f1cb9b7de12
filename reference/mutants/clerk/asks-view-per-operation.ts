/**
 * "The primary may have changed, so I ask the view service before every operation." It answers
 * correctly, and every operation of every client passes through the one process that there is one of.
 */

import { Clerk, type Task } from '../../clerk.js';
import type { Answer } from '../../machine.js';
import { NO_VIEW } from '../../protocol.js';

export class AsksViewPerOperation extends Clerk {
  protected override onAnswer(task: Task, answer: Answer): void {
    this.view = NO_VIEW;
    super.onAnswer(task, answer);
  }
}
