/** The stream ends inside the reply: the caller gets the first part of the message and no more. */

import { defineCallFault } from './fault-definition.js';

/** `fraction` of the reply's bytes, above 0 and below 1, is passed on. */
export const truncateReply = defineCallFault({
  name: 'truncate-reply',
  does: 'passes on the first part of the reply, then ends the stream',
  callerSees: 'end of stream inside the reply',
  after: 'after a reply was cut short',
  swallows: true,
  script:
    (fraction: number = 0.5) =>
    async (call, report) => {
      if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
      call.passReply(Math.max(1, Math.floor(call.replyLength * fraction)));
      call.endStream();
      report('end of stream inside the reply');
    },
});
