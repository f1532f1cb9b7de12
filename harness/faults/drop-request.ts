/** The request is lost: the connection is accepted and closed at once with the request unread. */

import { defineCallFault } from './fault-definition.js';

export const dropRequest = defineCallFault({
  name: 'drop-request',
  does: 'accepts the connection and closes it with the request unread',
  callerSees: 'connection reset, or broken pipe',
  after: 'after a request was lost',
  swallows: true,
  script: () => (call, report) => {
    report(call.closeUnread());
    return Promise.resolve();
  },
});
