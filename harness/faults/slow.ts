/** A slow link: the request reaches the callee piece by piece, at a rate in bytes per second. */

import { defineCallFault } from './fault-definition.js';

export const slow = defineCallFault({
  name: 'slow',
  does: 'delivers the request piece by piece, at a rate in bytes per second',
  callerSees: 'a late reply',
  after: 'after a request was slow',
  script: (rateBytesPerSec: number) => async (call, report) => {
    if (!(await call.readToPause())) return call.endAsCallee();
    report('silence');
    if (!(await call.deliverSlowly(rateBytesPerSec))) return call.endAsCallee();
    if (!(await call.awaitReply())) return call.endAsCallee();
    call.passReply();
  },
});
