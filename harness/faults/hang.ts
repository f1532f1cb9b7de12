/** Half-open: the connection is accepted and then nothing happens, until the fault is healed. */

import { defineCallFault } from './fault-definition.js';

export const hang = defineCallFault({
  name: 'hang',
  does: 'accepts the connection and never answers',
  callerSees: 'silence',
  after: 'after a call was left without an answer',
  swallows: true,
  script: () => async (call, report) => {
    report('silence');
    await call.untilHealed();
    call.closeUnread();
  },
});
