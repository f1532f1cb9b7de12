/**
 * The request is delivered twice: now, and once more later, on a connection of its own. The caller gets
 * the first reply and hears nothing of the second. The bite is entered when the callee has dealt with
 * the copy.
 */

import type { Call } from './call.js';
import type { CallFault } from './fault.js';

/** The copy comes `laterMs` after the request, or when the fault is healed if that is sooner. */
export function duplicateRequest(laterMs: number): CallFault {
  return {
    kind: 'call',
    name: 'duplicate-request',
    async apply(call) {
      if (!(await call.readToPause()) || !(await call.deliver())) return call.endAsCallee();
      void deliverCopy(call, laterMs);
      if (!(await call.awaitReply())) return call.endAsCallee();
      call.passReply();
    },
  };
}

async function deliverCopy(call: Call, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (!(await call.deliverApart())) return;
  call.bitten({ fault: 'duplicate-request', callerSaw: 'the reply' });
}
