/** A slow link: the request reaches the callee piece by piece, at a rate in bytes per second. */

import type { CallFault } from './fault.js';

export function slow(rateBytesPerSec: number): CallFault {
  return {
    kind: 'call',
    name: 'slow',
    async apply(call) {
      if (!(await call.readToPause())) return call.endAsCallee();
      call.bitten({ fault: 'slow', callerSaw: 'silence' });
      if (!(await call.deliverSlowly(rateBytesPerSec))) return call.endAsCallee();
      if (!(await call.awaitReply())) return call.endAsCallee();
      call.passReply();
    },
  };
}
