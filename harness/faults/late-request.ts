/**
 * The caller sees the end of the stream at once, but the request still arrives, later, when the
 * caller has long reacted to the failed call. This is the worst case of a lost reply: a
 * call that has failed may still be executed, after its retry and after later operations. The fault is
 * logged when the callee has dealt with the request.
 */

import type { Call } from './call.js';
import { defineCallFault, type Report } from './fault-definition.js';

/** The request arrives after `laterMs`, or when the fault is healed if that is sooner. */
export const lateRequest = defineCallFault({
  name: 'late-request',
  does: 'ends the stream at once, but still delivers the request later',
  callerSees: 'end of stream before the reply',
  after: 'after a request that seemed lost came late',
  swallows: true,
  script: (laterMs: number) => async (call, report) => {
    if (!(await call.readToPause())) return call.endAsCallee();
    call.endStream();
    void arrive(call, report, laterMs);
  },
});

async function arrive(call: Call, report: Report, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (await call.deliverApart()) report('end of stream before the reply');
}
