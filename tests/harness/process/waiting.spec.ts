/** How long a process of several threads was held back for want of a processor. */

import { expect } from 'chai';
import {
  heldBackMs,
  standingOf,
  type Standing,
  type ThreadStanding,
} from '../../../harness/process/waiting.js';
import { startStarvable } from '../../support/starvation.js';

const ASLEEP: ThreadStanding = { ranMs: 10, waitedMs: 1000, ready: false };
const READY: ThreadStanding = { ...ASLEEP, ready: true };

/** A look that took no time. */
function look(atMs: number, threads: Record<string, ThreadStanding>): Standing {
  return { fromMs: atMs, untilMs: atMs, threads: new Map(Object.entries(threads)) };
}

/** The thread after it has run again, having waited for so long. */
function after(thread: ThreadStanding, waitedMs: number): ThreadStanding {
  return { ranMs: thread.ranMs + 1, waitedMs: thread.waitedMs + waitedMs, ready: false };
}

describe('a process', () => {
  it('was held back for the longest wait of a thread, not for the sum of them', () => {
    const before = look(0, { 1: ASLEEP, 2: ASLEEP });
    const now = look(250, { 1: after(ASLEEP, 120), 2: after(ASLEEP, 130) });
    expect(heldBackMs(before, now)).to.equal(130);
  });

  it('was held back by the waits of a thread that is new', () => {
    const now = look(250, { 2: { ranMs: 1, waitedMs: 90, ready: true } });
    expect(heldBackMs(look(0, {}), now)).to.equal(90);
  });

  it('was not held back by a thread that slept and is said to have waited longer than it can', () => {
    const now = look(250, { 1: after(ASLEEP, 2800) });
    expect(heldBackMs(look(0, { 1: ASLEEP }), now)).to.equal(0);
  });

  it('was held back by a wait that had begun before', () => {
    const now = look(250, { 1: after(READY, 300) });
    expect(heldBackMs(look(0, { 1: READY }), now)).to.equal(300);
  });

  it('was held back all the time if a thread could have run and did not', () => {
    expect(heldBackMs(look(0, { 1: READY }), look(250, { 1: READY }))).to.equal(250);
  });

  it('was not held back while its threads ran or slept', () => {
    const now = look(250, { 1: { ...READY, ranMs: 260 }, 2: ASLEEP });
    expect(heldBackMs(look(0, { 1: READY, 2: ASLEEP }), now)).to.equal(0);
  });

  it('that is gone was not held back', () => {
    const gone = standingOf(999_999_999);
    expect(gone.threads.size).to.equal(0);
    expect(heldBackMs(gone, gone)).to.equal(0);
  });

  it('is seen to be held back though its first thread only sleeps', async () => {
    const program = await startStarvable();
    try {
      const free = standingOf(program.pid);
      expect(heldBackMs(free, standingOf(program.pid))).to.be.below(100);
      await program.starve(400);
      expect(heldBackMs(free, standingOf(program.pid))).to.be.above(400);
    } finally {
      await program.end();
    }
  });
});
