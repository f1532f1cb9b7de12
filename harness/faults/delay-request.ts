/** The request reaches the callee late. */

import type { CallFault } from './fault.js';
import { passCall } from './pass.js';

export function delayRequest(delayMs: number): CallFault {
  return {
    kind: 'call',
    name: 'delay-request',
    async apply(call) {
      if (!(await call.readRequest())) return call.endAsCallee();
      call.bitten({ fault: 'delay-request', callerSaw: 'silence' });
      await call.wait(delayMs);
      await passCall(call);
    },
  };
}
