/**
 * The callee is struck exactly while a call is in flight: between the delivery of the request and the
 * reply. This is how a backup that dies in the middle of a forward is made, every time and not by luck.
 */

import type { Call } from './call.js';
import { defineCallFault, type Script } from './fault-definition.js';

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

/** The two strikes on the callee; both must act before they return. */
export interface Striker {
  freeze(): void;
  kill(): void;
}

export const strikeMidCall = defineCallFault({
  name: 'strike-mid-call',
  does: 'kills or freezes the callee while a call is in flight',
  callerSees: 'reset, end of stream before or inside the reply, or silence, by position',
  after: 'after a process was struck in the middle of a call',
  swallows: true,
  script: (position: StrikePosition, striker: Striker) => SCRIPTS[position](striker),
});

/** Time for the caller to write its request, in ms. */
const WRITE_GRACE_MS = 15;

const SCRIPTS: Record<StrikePosition, (striker: Striker) => Script> = {
  unread: (striker) => async (call, report) => {
    if (call.request === undefined) await call.wait(WRITE_GRACE_MS);
    striker.kill();
    report(call.closeUnread());
  },
  'before-execution': (striker) => async (call, report) => {
    await deliverFrozen(call, striker);
    striker.kill();
    call.endStream();
    report('end of stream before the reply');
  },
  'after-execution': (striker) => async (call, report) => {
    if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
    striker.kill();
    call.endStream();
    report('end of stream before the reply');
  },
  'inside-reply': (striker) => async (call, report) => {
    if (!(await call.deliver()) || !(await call.awaitReply())) return call.endAsCallee();
    striker.kill();
    call.passReply(Math.ceil(call.replyLength / 2));
    call.endStream();
    report('end of stream inside the reply');
  },
  frozen: (striker) => async (call, report) => {
    await deliverFrozen(call, striker);
    report('silence');
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
