/** Half-open: the connection is accepted and then nothing happens, until the fault is healed. */

import type { CallFault } from './fault.js';

export function hang(): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'hang',
    async apply(call) {
      call.bitten({ fault: 'hang', callerSaw: 'silence' });
      await call.untilHealed();
      call.closeUnread();
    },
  };
}
