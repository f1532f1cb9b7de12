/**
 * The reply is lost after the request was delivered. `early`: the caller sees the end of the stream
 * while the callee is still executing, so that a retry can overlap it. `late`: the callee has answered.
 */

import { defineCallFault } from './fault-definition.js';

export const dropReply = defineCallFault({
  name: 'drop-reply',
  does: 'delivers the request and loses the reply, early (still executing) or late (answered)',
  callerSees: 'end of stream before the reply',
  after: 'after a reply was lost',
  swallows: true,
  script: (when: 'early' | 'late') => async (call, report) => {
    if (!(await call.readToPause()) || !(await call.deliver())) return call.endAsCallee();
    if (when === 'late' && !(await call.awaitReply())) return call.endAsCallee();
    call.endStream();
    report('end of stream before the reply');
  },
});
