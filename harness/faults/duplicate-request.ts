/**
 * The request is delivered twice: now, and once more later, on a connection of its own. The caller gets
 * the first reply and not the second. The fault is logged when the callee has dealt with
 * the copy.
 */

import type { Call } from './call.js';
import { defineCallFault, type Report } from './fault-definition.js';

/** The copy comes `laterMs` after the request, or when the fault is healed if that is sooner. */
export const duplicateRequest = defineCallFault({
  name: 'duplicate-request',
  does: 'delivers the request twice, the second time later',
  callerSees: 'the first reply',
  after: 'after a request was delivered twice',
  script: (laterMs: number) => async (call, report) => {
    if (!(await call.readToPause()) || !(await call.deliver())) return call.endAsCallee();
    void deliverCopy(call, report, laterMs);
    if (!(await call.awaitReply())) return call.endAsCallee();
    call.passReply();
  },
});

async function deliverCopy(call: Call, report: Report, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (await call.deliverApart()) report('the reply');
}
