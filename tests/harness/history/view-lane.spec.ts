/** What is kept of the traffic with the view service. */

import { expect } from 'chai';
import type { TimelineEvent } from '../../../harness/history/timeline.js';
import { createViewLane } from '../../../harness/history/view-lane.js';

describe('the lane of views', () => {
  it('keeps the first of equal pings, and counts those that follow', () => {
    const kept: TimelineEvent[] = [];
    let now = 0;
    const lane = createViewLane(
      (event) => kept.push(event),
      () => now,
    );
    for (const [atMs, process, viewnum] of [
      [10, 'pb1', 0],
      [20, 'pb2', 0],
      [30, 'pb1', 1],
      [40, 'pb1', 1],
      [50, 'pb1', 1],
      [60, 'pb1', 2],
    ] as const) {
      now = atMs;
      lane.pinged(process, viewnum);
    }
    const ping = { kind: 'pinged', process: 'pb1' };
    expect(kept).to.deep.equal([
      { ...ping, atMs: 10, viewnum: 0 },
      { ...ping, atMs: 20, process: 'pb2', viewnum: 0 },
      { ...ping, atMs: 30, viewnum: 1, again: { times: 2, untilMs: 50 } },
      { ...ping, atMs: 60, viewnum: 2 },
    ]);
  });
});
