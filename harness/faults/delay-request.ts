/** The request reaches the callee late. */

import { defineCallFault } from './fault-definition.js';
import { passCall } from './pass.js';

export const delayRequest = defineCallFault({
  name: 'delay-request',
  does: 'holds the request back for a time',
  callerSees: 'a late reply',
  after: 'after a request was held back',
  script: (delayMs: number) => async (call, report) => {
    if (!(await call.readRequest())) return call.endAsCallee();
    report('silence');
    await call.wait(delayMs);
    await passCall(call);
  },
});
