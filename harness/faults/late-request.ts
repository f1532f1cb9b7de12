/**
 * The caller sees the end of the stream at once, and the request arrives all the same, later, when the
 * caller has long done what it does about a failed call. This is the lab's lost reply at its worst: a
 * call that has failed may still be executed, after its retry and after what came next. The bite is
 * entered when the callee has dealt with the request.
 */

import type { Call } from './call.js';
import type { CallFault } from './fault.js';

/** The request arrives after `laterMs`, or when the fault is healed if that is sooner. */
export function lateRequest(laterMs: number): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'late-request',
    async apply(call) {
      if (!(await call.readToPause())) return call.endAsCallee();
      call.endStream();
      void arrive(call, laterMs);
    },
  };
}

async function arrive(call: Call, laterMs: number): Promise<void> {
  await call.waitAlone(laterMs);
  if (!(await call.deliverApart())) return;
  call.bitten({ fault: 'late-request', callerSaw: 'end of stream before the reply' });
}
