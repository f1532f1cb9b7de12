/**
 * The call reaches another process than the one that was dialled, as when a caller is mistaken about who
 * is primary or backup. Any caller can be made to err so, whatever it believes and however it asks; only a
 * connection for calls at once, which has led to one process, cannot be led to another, and ends instead.
 */

import type { Call } from './call.js';
import type { CallFault } from './fault.js';

/** `to` is the name of the process that is reached instead. */
export function misdirect(to: string): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'misdirect',
    async apply(call) {
      call.redirect(to);
      const answered = (await call.deliver()) && (await isAnswered(call));
      const callerSaw = answered ? 'the reply' : 'end of stream before the reply';
      call.bitten({ fault: 'misdirect', callerSaw });
      if (answered) call.passReply();
      else call.endStream();
    },
  };
}

/** A process that need not answer may keep its caller waiting; that ends when the fault is healed. */
async function isAnswered(call: Call): Promise<boolean> {
  return Promise.race([call.awaitReply(), call.untilHealed().then(() => false)]);
}
