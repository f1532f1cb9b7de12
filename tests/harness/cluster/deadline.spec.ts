/** The deadline of an operation: whose time counts, and whose does not. */

import { expect } from 'chai';
import { startDeadline } from '../../../harness/cluster/deadline.js';

/** Time that passes when somebody sleeps; `obstruction` gives what is in the way at a time, in ms. */
function play(deadlineMs: number, obstruction: (atMs: number) => string | undefined) {
  let nowMs = 1000;
  const started = nowMs;
  const deadline = startDeadline({
    deadlineMs,
    now: () => nowMs,
    sleep(ms) {
      nowMs += ms;
      return Promise.resolve();
    },
    obstruction: () => obstruction(nowMs - started),
  });
  return { deadline, elapsedMs: () => nowMs - started };
}

describe('the deadline of an operation', () => {
  it('runs out after its time where nothing is in the way', async () => {
    const { deadline, elapsedMs } = play(1000, () => undefined);
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(elapsedMs()).to.equal(1000);
    expect(deadline.heldMs).to.equal(0);
  });

  it('is put off by as long as the kit was in the way, and by the looks around that', async () => {
    const { deadline, elapsedMs } = play(1000, (atMs) =>
      atMs > 200 && atMs <= 600 ? 'held' : undefined,
    );
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(deadline.heldMs).to.be.within(400, 500);
    expect(elapsedMs()).to.equal(1000 + deadline.heldMs);
  });

  it('is never overdue while the kit is in the way, and says so after as long again', async () => {
    const { deadline, elapsedMs } = play(1000, (atMs) =>
      atMs > 900 ? 'the kit holds it' : undefined,
    );
    expect(await deadline.runOut).to.deep.equal({ kind: 'held', by: 'the kit holds it' });
    expect(elapsedMs()).to.be.within(1900, 2000);
  });

  it('gives the whole time once the kit has let go', async () => {
    const { deadline, elapsedMs } = play(1000, (atMs) => (atMs <= 900 ? 'held' : undefined));
    expect(await deadline.runOut).to.deep.equal({ kind: 'overdue' });
    expect(elapsedMs()).to.be.within(1900, 1950);
  });
});
