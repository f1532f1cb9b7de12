import { Clerk, mutant, succeed, type Answer, type Task } from '../../mutant.js';

const BROKEN_OFF = 'end of stream inside the reply';

export const halfAReplyIsAReply = mutant({
  name: 'half-a-reply-is-a-reply',
  thought: 'There is a reply, so it is done, whatever it says.',
  // A reply that breaks off may be a refusal, and half the answer to a Get is not the value.
  caughtBy: ['generated-retries'],
  passes: ['at-most-once-append', 'get-after-primary-failure'],
  clerk: class extends Clerk {
    protected override onAnswer(task: Task, answer: Answer): void {
      const isHalf = answer.kind === 'lost' && answer.reason === BROKEN_OFF;
      super.onAnswer(task, isHalf ? succeed({}) : answer);
    }
  },
});
