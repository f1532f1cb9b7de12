/** The deadline of an operation: whose time counts, and whose does not. */

import { expect } from 'chai';
import { startDeadline } from '../../../harness/cluster/deadline.js';
import type { Obstacle } from '../../../harness/cluster/obstruction.js';

/** Time that passes when somebody sleeps; `obstruction` gives what is in the way at a time, all in ms from the start. */
function play(deadlineMs: number, obstruction: (atMs: number) => Obstacle | undefined) {
  const started = 1000;
  let nowMs = started;
  let heldMs = 0;
  const deadline = startDeadline({
    deadlineMs,
    now: () => nowMs,
    sleep(ms) {
      nowMs += ms;
      return Promise.resolve();
    },
    onHeld: (ms) => (heldMs = ms),
    obstruction() {
      const found = obstruction(nowMs - started);
      return found && { ...found, sinceMs: found.sinceMs + started };
    },
  });
  return { deadline, elapsedMs: () => nowMs - started, heldMs: () => heldMs };
}

/** In the way from one time to another. */
const between = (sinceMs: number, untilMs: number) => (atMs: number) =>
  atMs > sinceMs && atMs <= untilMs ? { says: 'the kit holds it', sinceMs } : undefined;

describe('the deadline of an operation', () => {
  it('runs out after its time where nothing is in the way', async () => {
    const { deadline, elapsedMs, heldMs } = play(1000, () => undefined);
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(elapsedMs()).to.equal(1000);
    expect(heldMs()).to.equal(0);
  });

  it('is put off by as long as the kit was in the way, to the next look', async () => {
    const { deadline, elapsedMs, heldMs } = play(2000, between(200, 1000));
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(heldMs()).to.be.within(800, 850);
    expect(elapsedMs()).to.equal(2000 + heldMs());
  });

  it('is not put off by one short obstacle after the other', async () => {
    const { deadline, elapsedMs, heldMs } = play(2000, (atMs) => ({
      says: 'the kit holds a ping',
      sinceMs: atMs - (atMs % 130),
    }));
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(heldMs()).to.equal(0);
    expect(elapsedMs()).to.be.below(2000 + 130 + 50);
  });

  it('is never overdue while the kit is in the way, and says so after as long again', async () => {
    const { deadline, elapsedMs } = play(1000, between(900, Infinity));
    expect(await deadline.runOut).to.deep.equal({ kind: 'held', by: 'the kit holds it' });
    expect(elapsedMs()).to.be.within(1900, 2000);
  });

  it('gives the whole time once the kit has let go', async () => {
    const { deadline, elapsedMs } = play(1000, between(-50, 900));
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(elapsedMs()).to.be.within(1900, 1950);
  });
});
