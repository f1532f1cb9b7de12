/** The reply reaches the caller late; the callee has executed the request long before. */

import { defineCallFault } from './fault-definition.js';

export const delayReply = defineCallFault({
  name: 'delay-reply',
  does: 'holds the reply back for a time',
  callerSees: 'a late reply',
  after: 'after a reply was held back',
  script: (delayMs: number) => async (call, report) => {
    if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
    report('silence');
    await call.wait(delayMs);
    call.passReply();
  },
});
