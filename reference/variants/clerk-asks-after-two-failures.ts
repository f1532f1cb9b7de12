/** A clerk that gives its primary a second chance: after one failed attempt it calls the same server again. */

import type { Clerk, Task } from '../clerk.js';
import type { Answer } from '../machine.js';
import type { Variant } from '../variant.js';

export const clerkAsksAfterTwoFailures: Variant = {
  name: 'clerk-asks-after-two-failures',
  differs:
    'The clerk tries the primary it knows a second time, one ping interval later, before it asks the view service.',
  allowed:
    'Part B, clerks: a clerk retries until it is done, with a pause of a ping interval, and consults the view service when the primary does not answer; it need not do so after the first failure.',
  settles: 'when clerks ask for the view',
  parts: ({ clerk }) => ({ clerk: tryingTwice(clerk) }),
};

function tryingTwice(Base: typeof Clerk): typeof Clerk {
  return class extends Base {
    private failures = 0;
    private triesAgain = false;

    override tick(): void {
      if (this.triesAgain) this.send();
      else super.tick();
    }

    protected override send(): void {
      this.triesAgain = false;
      super.send();
    }

    protected override onAnswer(task: Task, answer: Answer): void {
      this.failures = answer.kind === 'result' ? 0 : this.failures + 1;
      this.triesAgain = this.failures % 2 === 1;
      super.onAnswer(task, answer);
    }
  };
}
