/** No fault: the script of every call that no fault hits. */

import type { Call } from './call.js';

export async function passCall(call: Call): Promise<void> {
  if (!(await call.readRequest())) return call.endAsCallee();
  if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
  call.passReply();
}
