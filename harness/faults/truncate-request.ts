/**
 * The stream ends inside the request, as when a connection breaks while a long message is on its way:
 * the callee gets the first part of it and no more, the caller the end of the stream.
 */

import { defineCallFault } from './fault-definition.js';

/** `fraction` of the request's bytes, above 0 and below 1, is delivered. */
export const truncateRequest = defineCallFault({
  name: 'truncate-request',
  does: 'delivers the first part of the request, then ends the stream',
  callerSees: 'end of stream before the reply',
  after: 'after a request was cut short',
  swallows: true,
  script:
    (fraction: number = 0.5) =>
    async (call, report) => {
      if (!(await call.readToPause())) return call.endAsCallee();
      const bytes = Math.max(1, Math.floor((call.request?.length ?? 0) * fraction));
      if (!(await call.deliverPart(bytes))) return call.endAsCallee();
      call.endStream();
      report('end of stream before the reply');
    },
});
