/**
 * The reply is lost after the request was delivered. `early`: the caller sees the end of the stream
 * while the callee is still executing, so that a retry can overlap it. `late`: the callee has answered.
 */

import type { CallFault } from './fault.js';

export function dropReply(when: 'early' | 'late'): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'drop-reply',
    async apply(call) {
      if (!(await call.readToPause()) || !(await call.deliver())) return call.endAsCallee();
      if (when === 'late' && !(await call.awaitReply())) return call.endAsCallee();
      call.endStream();
      call.bitten({ fault: 'drop-reply', callerSaw: 'end of stream before the reply' });
    },
  };
}
