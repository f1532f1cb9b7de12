/** A clerk that asks the view service before every attempt at an operation, and keeps no view in mind. */

import type { Clerk, Task } from '../clerk.js';
import type { Answer } from '../machine.js';
import { NO_VIEW } from '../protocol.js';
import type { Variant } from '../variant.js';

export const clerkAsksEveryTime: Variant = {
  name: 'clerk-asks-every-time',
  differs: 'The clerk asks the view service before every attempt at an operation.',
  allowed:
    'Part B, clerks: a clerk consults the view service as often as it likes; only the hand-out of 2015 makes it keep the primary in mind.',
  settles: 'when clerks ask for the view',
  operations: ['get', 'put', 'puthash'],
  parts: ({ clerk }) => ({ clerk: askingEveryTime(clerk) }),
};

/** A clerk that forgets the view with every answer. */
export function askingEveryTime(Base: typeof Clerk): typeof Clerk {
  return class extends Base {
    protected override onAnswer(task: Task, answer: Answer): void {
      this.view = NO_VIEW;
      super.onAnswer(task, answer);
    }
  };
}
