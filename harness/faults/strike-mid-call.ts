/**
 * The callee is struck exactly while a call is in flight: between the delivery of the request and the
 * reply. This is how a backup that dies in the middle of a forward is made, every time and not by luck.
 */

import type { Call } from './call.js';
import type { CallFault } from './fault.js';

/**
 * Where in the call the callee is struck:
 * - `unread`: killed with the request still unread (caller: reset);
 * - `before-execution`: frozen, given the request, killed (caller: end of stream);
 * - `after-execution`: killed once it has answered, the answer lost (caller: end of stream);
 * - `inside-reply`: the same, with half of the answer passed on (caller: end inside the message);
 * - `frozen`: frozen and given the request, never killed (caller: silence).
 */
export const STRIKE_POSITIONS = [
  'unread',
  'before-execution',
  'after-execution',
  'inside-reply',
  'frozen',
] as const;
export type StrikePosition = (typeof STRIKE_POSITIONS)[number];

/** What strikes the callee; both must act before they return. */
export interface Striker {
  freeze(): void;
  kill(): void;
}

export function strikeMidCall(position: StrikePosition, striker: Striker): CallFault {
  return {
    kind: 'call',
    swallows: true,
    name: 'strike-mid-call',
    apply: (call) => SCRIPTS[position](call, striker),
  };
}

const FAULT = 'strike-mid-call';

/** Time for the caller to write its request, in ms. */
const WRITE_GRACE_MS = 15;

const SCRIPTS: Record<StrikePosition, (call: Call, striker: Striker) => Promise<void>> = {
  async unread(call, striker) {
    if (call.request === undefined) await call.wait(WRITE_GRACE_MS);
    striker.kill();
    call.bitten({ fault: FAULT, callerSaw: call.closeUnread() });
  },
  async 'before-execution'(call, striker) {
    await deliverFrozen(call, striker);
    striker.kill();
    call.endStream();
    call.bitten({ fault: FAULT, callerSaw: 'end of stream before the reply' });
  },
  async 'after-execution'(call, striker) {
    if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
    striker.kill();
    call.endStream();
    call.bitten({ fault: FAULT, callerSaw: 'end of stream before the reply' });
  },
  async 'inside-reply'(call, striker) {
    if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
    striker.kill();
    call.passReply(Math.ceil(call.replyLength / 2));
    call.endStream();
    call.bitten({ fault: FAULT, callerSaw: 'end of stream inside the reply' });
  },
  async frozen(call, striker) {
    await deliverFrozen(call, striker);
    call.bitten({ fault: FAULT, callerSaw: 'silence' });
    await call.untilHealed();
    call.endStream();
  },
};

async function deliverFrozen(call: Call, striker: Striker): Promise<void> {
  await call.readRequest();
  striker.freeze();
  // The request lies in the socket of a process that cannot read it.
  await call.deliver();
}
