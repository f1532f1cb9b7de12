/** When a delay, and nothing else, has made a server look dead. */

import { expect } from 'chai';
import { lookedDead, type Silences } from '../../../harness/cluster/ping-gap.js';

const LAB = { pingIntervalMs: 100, deadPings: 5 };

/** Pings of pb1 at these times, with calls held from one time to another. */
function silences(
  pingsMs: number[],
  held: [number, number],
  more: Partial<Silences> = {},
): Silences {
  const [sinceMs, endMs] = held;
  return {
    pings: new Map([['pb1', pingsMs]]),
    timeline: [],
    untilMs: (pingsMs.at(-1) ?? 0) + 50,
    lab: LAB,
    heldMs: (fromMs, untilMs) => Math.max(0, Math.min(untilMs, endMs) - Math.max(fromMs, sinceMs)),
    ...more,
  };
}

describe('a server whose pings are late', () => {
  it('has looked dead when it was silent for so long because calls were held', () => {
    expect(lookedDead(silences([100, 200, 720, 820], [250, 700]))).to.match(
      /no ping of pb1 for 520 ms \(bound 400 ms\), because calls were held back/,
    );
  });

  it('has not when it was never silent for so long', () => {
    expect(lookedDead(silences([100, 200, 590, 690], [250, 550]))).to.be.undefined;
  });

  it('has looked dead by itself when it would have been silent without any delay', () => {
    expect(lookedDead(silences([100, 1100], [200, 500]))).to.be.undefined;
  });

  it('is not missed after it was killed, frozen, or ended by itself', () => {
    for (const kind of ['killed', 'paused', 'exited'] as const) {
      const timeline = [{ kind, atMs: 210, process: 'pb1' }];
      expect(lookedDead(silences([100, 200, 720], [205, 700], { timeline }))).to.be.undefined;
    }
  });

  it('is missed when it is another one that was killed', () => {
    const timeline = [{ kind: 'killed' as const, atMs: 210, process: 'pb2' }];
    expect(lookedDead(silences([100, 200, 720], [205, 700], { timeline }))).to.be.a('string');
  });

  it('is missed to the end of the run', () => {
    expect(lookedDead(silences([100, 200], [205, 690], { untilMs: 700 }))).to.be.a('string');
  });

  it('has more time where the lab gives more', () => {
    const lab = { pingIntervalMs: 200, deadPings: 5 };
    expect(lookedDead(silences([100, 200, 720], [250, 700], { lab }))).to.be.undefined;
  });
});
