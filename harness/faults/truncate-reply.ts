/** The stream ends inside the reply: the caller gets the first part of the message and no more. */

import type { CallFault } from './fault.js';

/** `fraction` of the reply's bytes, above 0 and below 1, is passed on. */
export function truncateReply(fraction = 0.5): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'truncate-reply',
    async apply(call) {
      if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
      call.passReply(Math.max(1, Math.floor(call.replyLength * fraction)));
      call.endStream();
      call.bitten({ fault: 'truncate-reply', callerSaw: 'end of stream inside the reply' });
    },
  };
}
