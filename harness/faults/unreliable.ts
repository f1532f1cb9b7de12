/**
 * The lab's unreliable network: of all calls 10 % lose their request, and 20 % of the others (18 % of
 * all) lose their reply after execution, half of those early and half late. Source: the fault
 * machinery of the stock lab servers.
 */

import { defineCallFault } from './fault-definition.js';
import { dropReply } from './drop-reply.js';
import { dropRequest } from './drop-request.js';
import { passCall } from './pass.js';

const REQUEST_LOST = 0.1;
const REPLY_LOST_OF_REST = 0.2;

export const unreliable = defineCallFault({
  name: 'unreliable',
  does: 'per call: request lost with 10 %, reply lost after execution with 18 %',
  callerSees: 'as for drop-request and drop-reply',
  after: 'on an unreliable network',
  script: () => {
    const request = dropRequest();
    const early = dropReply('early');
    const late = dropReply('late');
    return (call) => {
      if (call.random.chance(REQUEST_LOST)) return request.apply(call);
      if (call.random.chance(REPLY_LOST_OF_REST)) {
        return (call.random.chance(0.5) ? early : late).apply(call);
      }
      return passCall(call);
    };
  },
});
