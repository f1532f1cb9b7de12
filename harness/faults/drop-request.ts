/** The request is lost: the connection is accepted and closed at once with the request unread. */

import type { CallFault } from './fault.js';

export function dropRequest(): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'drop-request',
    apply(call) {
      call.bitten({ fault: 'drop-request', callerSaw: call.closeUnread() });
      return Promise.resolve();
    },
  };
}
