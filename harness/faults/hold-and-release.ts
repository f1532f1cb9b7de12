/**
 * Reordering: the calls of one link are held until there are enough of them, and then let go in the
 * reverse order, each when the one before it has been answered. A caller that waits for the answer to
 * one call before it makes the next never fills a batch; its calls go on after a time, late and in order.
 */

import type { Call } from './call.js';
import { defineCallFault } from './fault-definition.js';
import { passCall } from './pass.js';

/** How long a call that was let go may keep the next one waiting for its answer, in ms. */
const ANSWER_GRACE_MS = 50;

export interface HoldOptions {
  /** How many calls of a link are held at a time, from 2. */
  batch: number;
  /** Until the first of them has been held for so long, in ms. */
  maxHeldMs: number;
}

interface Held {
  call: Call;
  /** Tells the fault that this call has been put through it. */
  done: () => void;
}

export const holdAndRelease = defineCallFault({
  name: 'hold-and-release',
  does: 'holds the requests of a link, and delivers them in the reverse order',
  callerSees: 'a late reply',
  after: 'after requests overtook each other',
  script: (options: HoldOptions) => {
    const hold = batches(options);
    return async (call, report) => {
      if (!(await call.readRequest())) return call.endAsCallee();
      report('silence');
      await new Promise<void>((done) => hold({ call, done }));
    };
  },
});

/** Holds calls, each on its link, until their batch is to be let go. */
function batches({ batch, maxHeldMs }: HoldOptions): (one: Held) => void {
  /** Calls that are held now, by link. */
  const held = new Map<string, Held[]>();
  const release = (link: string, calls: readonly Held[]) => {
    if (held.get(link) !== calls) return;
    held.delete(link);
    void passLastFirst(calls);
  };
  return (one) => {
    const { link } = one.call;
    const calls = held.get(link) ?? [];
    held.set(link, calls);
    calls.push(one);
    if (calls.length >= batch) release(link, calls);
    else void one.call.wait(maxHeldMs).then(() => release(link, calls));
  };
}

async function passLastFirst(calls: readonly Held[]): Promise<void> {
  for (const { call, done } of calls.toReversed()) {
    const passing = passCall(call).finally(done);
    // Not for ever: the answer to one call may have to wait for the other.
    await Promise.race([passing, call.wait(ANSWER_GRACE_MS)]);
  }
}
