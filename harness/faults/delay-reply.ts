/** The reply reaches the caller late; the callee has executed the request long before. */

import type { CallFault } from './fault.js';

export function delayReply(delayMs: number): CallFault {
  return {
    kind: 'call',
    name: 'delay-reply',
    async apply(call) {
      if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
      call.bitten({ fault: 'delay-reply', callerSaw: 'silence' });
      await call.wait(delayMs);
      call.passReply();
    },
  };
}
