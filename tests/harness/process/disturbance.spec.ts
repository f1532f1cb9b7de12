/** When a run was too disturbed to be judged. */

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import {
  disturbed,
  LAG_BOUND_MS,
  monitorDisturbance,
  WAIT_BOUND_MS,
  WINDOW_MS,
} from '../../../harness/process/disturbance.js';
import { startStarvable } from '../../support/starvation.js';

/** The monitor sees a lateness at its next tick after it, and none before its first. */
function ticksOfTheMonitor(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}

/** Attempts to starve a program without a break. */
const STARVATIONS = 8;

/** What is measured of a program that gets no processor, in ms. */
async function waitOfStarved(): Promise<number> {
  const program = await startStarvable();
  try {
    const monitor = monitorDisturbance({ serverPids: () => [program.pid] });
    await program.starve(2 * WINDOW_MS);
    return monitor.stop().waitMs;
  } finally {
    await program.end();
  }
}

describe('disturbance', () => {
  it('below its bounds is none', () => {
    expect(disturbed({ lagMs: LAG_BOUND_MS, waitMs: WAIT_BOUND_MS })).to.equal(undefined);
  });

  it('is the lateness of the kit past its bound', () => {
    expect(disturbed({ lagMs: 400, waitMs: 0 })).to.equal(
      'The kit itself was 400 ms late (bound 150 ms), so the submission is not to blame for the timing of this run.',
    );
  });

  it('is a server that had no processor past its bound', () => {
    expect(disturbed({ lagMs: 0, waitMs: 230 })).to.equal(
      'A server waited 230 ms of 250 ms for a processor (bound 200 ms): the machine was too busy.',
    );
  });

  it('is measured as the time for which the kit was kept from its work', async () => {
    const monitor = monitorDisturbance({ serverPids: () => [] });
    await ticksOfTheMonitor();
    const untilMs = performance.now() + 300;
    while (performance.now() < untilMs);
    await ticksOfTheMonitor();
    expect(monitor.stop().lagMs).to.be.above(200);
  });

  it('is measured on any thread of a server', async () => {
    const waits: number[] = [];
    // Even a starved thread is let in now and then, and a window in which that happens tells less.
    while (Math.max(0, ...waits) <= WAIT_BOUND_MS && waits.length < STARVATIONS) {
      waits.push(await waitOfStarved());
    }
    expect(Math.max(...waits)).to.be.above(WAIT_BOUND_MS);
  });

  it('is none that the submission brings about itself', async () => {
    const program = await startStarvable();
    let costMs = 0;
    try {
      const monitor = monitorDisturbance({
        serverPids: () => [program.pid],
        submissionCpuMs: () => (costMs += 1e6),
      });
      await program.starve(2 * WINDOW_MS);
      expect(monitor.stop()).to.deep.equal({ lagMs: 0, waitMs: 0, strains: [] });
    } finally {
      await program.end();
    }
  });

  describe('while the relays of the kit are at work', () => {
    /** What counts of a lateness of the kit, while these calls are made in its window and others take this share. */
    async function lagWith(calls: number, operations: number, othersShare: number) {
      const work = { calls: 0, operations: 0 };
      const startMs = performance.now();
      const { user, system } = process.cpuUsage();
      const monitor = monitorDisturbance({
        serverPids: () => [],
        // A submission that takes nearly half of the processors itself.
        submissionCpuMs: () => 0.49 * availableParallelism() * (performance.now() - startMs),
        work: () => ({ ...work }),
        machineTime() {
          const allMs = availableParallelism() * (performance.now() - startMs);
          const used = process.cpuUsage({ user, system });
          const kitMs = (used.user + used.system) / 1000;
          return { allMs, busyMs: (0.49 + othersShare) * allMs + kitMs };
        },
      });
      await ticksOfTheMonitor();
      work.calls += calls;
      work.operations += operations;
      // The other part of the half: nearly one processor of any number.
      const busyMs = 300 * Math.max(1, 0.15 * availableParallelism());
      const untilMs = process.cpuUsage().user / 1000 + busyMs;
      while (process.cpuUsage().user / 1000 < untilMs);
      await ticksOfTheMonitor();
      return monitor.stop().lagMs;
    }

    it('is none where it is a flood of calls that keeps them busy', async function () {
      // One thread of the kit makes up the rest of the half only where there are few processors.
      if (availableParallelism() > 4) this.skip();
      expect(await lagWith(5000, 3, 0)).to.be.below(LAG_BOUND_MS);
    });

    it('is the lateness of the kit where the calls are those that the operations need', async () => {
      expect(await lagWith(500, 100, 0)).to.be.above(200);
    });

    it('is the lateness of the kit where others took the machine, too', async () => {
      expect(await lagWith(5000, 3, 0.4)).to.be.above(200);
    });
  });

  it('is the lateness of the kit where others took the machine beside the submission', async () => {
    const startMs = performance.now();
    const allMs = () => availableParallelism() * (performance.now() - startMs);
    const monitor = monitorDisturbance({
      serverPids: () => [],
      submissionCpuMs: () => 0.6 * allMs(),
      machineTime: () => ({ allMs: allMs(), busyMs: allMs() * 2 }),
    });
    await ticksOfTheMonitor();
    for (const untilMs = performance.now() + 300; performance.now() < untilMs;);
    await ticksOfTheMonitor();
    expect(monitor.stop().lagMs).to.be.above(200);
  });

  it('survives servers that come and go', async () => {
    const pids: number[] = [];
    const monitor = monitorDisturbance({ serverPids: () => pids });
    const child = spawn('true');
    pids.push(child.pid ?? 0, 999_999_999);
    await once(child, 'exit');
    const { waitMs } = monitor.stop();
    expect(waitMs).to.be.at.least(0);
  });
});
