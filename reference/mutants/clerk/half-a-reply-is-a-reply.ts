/**
 * "There is a reply, so it is done, whatever it says." A reply that breaks off may be a refusal, and half the
 * answer to a Get is not the value.
 */

import { Clerk, type Task } from '../../clerk.js';
import { succeed, type Answer } from '../../machine.js';

const BROKEN_OFF = 'end of stream inside the reply';

export class HalfAReplyIsAReply extends Clerk {
  protected override onAnswer(task: Task, answer: Answer): void {
    const isHalf = answer.kind === 'lost' && answer.reason === BROKEN_OFF;
    super.onAnswer(task, isHalf ? succeed({}) : answer);
  }
}
