/**
 * The request is delivered twice: now, and once more later, on a connection of its own. The caller gets
 * the first reply and hears nothing of the second. The bite is entered when the callee has dealt with
 * the copy.
 */

import type { Call } from './call.js';
import { defineCallFault, type Bitten } from './fault-definition.js';

/** The copy comes `laterMs` after the request, or when the fault is healed if that is sooner. */
export const duplicateRequest = defineCallFault({
  name: 'duplicate-request',
  does: 'delivers the request, and once more later',
  callerSees: 'the first reply',
  after: 'after a request was delivered twice',
  script: (laterMs: number) => async (call, bitten) => {
    if (!(await call.readToPause()) || !(await call.deliver())) return call.endAsCallee();
    void deliverCopy(call, bitten, laterMs);
    if (!(await call.awaitReply())) return call.endAsCallee();
    call.passReply();
  },
});

async function deliverCopy(call: Call, bitten: Bitten, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (await call.deliverApart()) bitten('the reply');
}
