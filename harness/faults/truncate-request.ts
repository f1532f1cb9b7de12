/**
 * The stream ends inside the request, as when a connection breaks while a long message is on its way:
 * the callee gets the first part of it and no more, the caller the end of the stream.
 */

import type { CallFault } from './fault.js';

/** `fraction` of the request's bytes, above 0 and below 1, is delivered. */
export function truncateRequest(fraction = 0.5): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'truncate-request',
    async apply(call) {
      if (!(await call.readToPause())) return call.endAsCallee();
      const bytes = Math.max(1, Math.floor((call.request?.length ?? 0) * fraction));
      if (!(await call.deliverPart(bytes))) return call.endAsCallee();
      call.endStream();
      call.bitten({ fault: 'truncate-request', callerSaw: 'end of stream before the reply' });
    },
  };
}
