/**
 * The caller sees the end of the stream at once, and the request arrives all the same, later, when the
 * caller has long done what it does about a failed call. This is the lab's lost reply at its worst: a
 * call that has failed may still be executed, after its retry and after what came next. The bite is
 * entered when the callee has dealt with the request.
 */

import type { Call } from './call.js';
import { defineCallFault, type Bitten } from './fault-definition.js';

/** The request arrives after `laterMs`, or when the fault is healed if that is sooner. */
export const lateRequest = defineCallFault({
  name: 'late-request',
  does: 'ends the stream at once, and delivers the request later all the same',
  callerSees: 'end of stream before the reply',
  after: 'after a request that seemed lost came late',
  swallows: true,
  script: (laterMs: number) => async (call, bitten) => {
    if (!(await call.readToPause())) return call.endAsCallee();
    call.endStream();
    void arrive(call, bitten, laterMs);
  },
});

async function arrive(call: Call, bitten: Bitten, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (await call.deliverApart()) bitten('end of stream before the reply');
}
