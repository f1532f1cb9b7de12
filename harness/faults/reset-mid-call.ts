/**
 * The connection is reset after the caller has written its request: unlike `drop-request`, which
 * closes at once, this waits until the request lies in the socket, so that the caller sees a reset
 * while it waits for the reply and not a broken pipe while it writes.
 */

import type { CallFault } from './fault.js';

/** Time for the caller to write, in ms; a caller writes right after its dial has succeeded. */
const WRITE_GRACE_MS = 15;

export function resetMidCall(): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'reset-mid-call',
    async apply(call) {
      await call.wait(WRITE_GRACE_MS);
      call.bitten({ fault: 'reset-mid-call', callerSaw: call.closeUnread() });
    },
  };
}
