/**
 * The call reaches another process than the one that was dialled, as when a caller is mistaken about who
 * is primary or backup. This works for any caller; only a connection that carries
 * several calls at once cannot be led to another process after the first call, and ends instead.
 */

import type { Call } from './call.js';
import { defineCallFault } from './fault-definition.js';

/** `to` is the name of the process that is reached instead. */
export const misdirect = defineCallFault({
  name: 'misdirect',
  does: 'delivers the call to a process that the caller did not dial',
  callerSees: 'the answer of the other process',
  after: 'after a call had reached the wrong server',
  swallows: true,
  script: (to: string) => async (call, report) => {
    call.redirect(to);
    const answered = (await call.deliver()) && (await isAnswered(call));
    report(answered ? 'the reply' : 'end of stream before the reply');
    if (answered) call.passReply();
    else call.endStream();
  },
});

/** A process that need not answer may keep its caller waiting; that ends when the fault is healed. */
async function isAnswered(call: Call): Promise<boolean> {
  return Promise.race([call.awaitReply(), call.untilHealed().then(() => false)]);
}
