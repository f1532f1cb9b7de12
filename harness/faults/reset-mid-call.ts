/**
 * The connection is reset after the caller has written its request: unlike `drop-request`, which
 * closes at once, this waits until the request lies in the socket, so that the caller sees a reset
 * while it waits for the reply and not a broken pipe while it writes.
 */

import { defineCallFault } from './fault-definition.js';

/** Time for the caller to write, in ms; a caller writes right after its dial has succeeded. */
const WRITE_GRACE_MS = 15;

export const resetMidCall = defineCallFault({
  name: 'reset-mid-call',
  does: 'waits until the request has been written, then closes with it unread',
  callerSees: 'connection reset',
  after: 'after a call was reset',
  swallows: true,
  script: () => async (call, report) => {
    await call.wait(WRITE_GRACE_MS);
    report(call.closeUnread());
  },
});
