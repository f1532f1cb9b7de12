/**
 * Measures how honest a run's timing was: the kit's own lateness, which is also the time a relayed
 * call may have queued, and how long the servers were ready to run without getting a processor. Past
 * a bound the run says nothing about the submission.
 */

import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { heldBackMs, standingOf, type Standing } from './process/waiting.js';

/** The kit may be this late at most, in ms: more than one ping interval, and timing is not the lab's. */
export const LAG_BOUND_MS = 150;

/** A server may wait for a processor this long at most within one window, in ms. */
export const WAIT_BOUND_MS = 200;

/** Half of the time after which a silent server counts as dead, in ms. */
export const WINDOW_MS = 250;

/** Resolution of the kit's own lateness, in ms; each tick of 10 ms would cost 4 ms of a second. */
const RESOLUTION_MS = 20;

/**
 * Where the submission itself took more than this share of all processors in a window, lateness in that
 * window is its own doing: else it could spin to make its runs say nothing. What its programs take to start does
 * not count: it is the kit that starts them, several at a time.
 */
const OWN_SHARE = 0.5;

export interface Disturbance {
  /** The kit's worst lateness, in ms. */
  lagMs: number;
  /** The longest that a thread of a server waited for a processor within one window, in ms. */
  waitMs: number;
}

export interface DisturbanceMonitor {
  /** What was measured; windows that the submission itself made busy are left out. */
  stop(): Disturbance;
}

/**
 * Starts to measure; `serverPids` gives the processes whose waiting counts, `submissionCpuMs` what all
 * processes of the submission have cost so far, their starts apart.
 */
export function monitorDisturbance(
  serverPids: () => readonly number[],
  submissionCpuMs: () => number = () => 0,
): DisturbanceMonitor {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const worst: Disturbance = { lagMs: 0, waitMs: 0 };
  const look = () => ({
    atMs: performance.now(),
    cpuMs: submissionCpuMs(),
    servers: new Map(serverPids().map((pid) => [pid, standingOf(pid)])),
  });
  let last = look();
  const sample = () => {
    const now = look();
    const capacityMs = (now.atMs - last.atMs) * availableParallelism();
    if (now.cpuMs - last.cpuMs <= OWN_SHARE * capacityMs) {
      worst.waitMs = Math.max(worst.waitMs, ...waits(last.servers, now.servers));
      worst.lagMs = Math.max(worst.lagMs, delay.max / 1e6 - RESOLUTION_MS);
    }
    last = now;
    delay.reset();
  };
  // After a stall this timer may come before the one that measures it; a reset in between would lose what that finds.
  let pending: NodeJS.Immediate | undefined;
  const timer = setInterval(() => (pending = setImmediate(sample)), WINDOW_MS);
  return {
    stop() {
      clearInterval(timer);
      clearImmediate(pending);
      sample();
      delay.disable();
      return worst;
    },
  };
}

/** How long each server was held back between two looks; one that was not there before is only starting. */
function waits(earlier: ReadonlyMap<number, Standing>, later: ReadonlyMap<number, Standing>) {
  return [...later].flatMap(([pid, now]) => {
    const before = earlier.get(pid);
    return before === undefined ? [] : [heldBackMs(before, now)];
  });
}

/** Why a run must not be judged, as one sentence; undefined if it may be. */
export function disturbed({ lagMs, waitMs }: Disturbance): string | undefined {
  if (lagMs > LAG_BOUND_MS) {
    return `The kit itself was ${Math.round(lagMs)} ms late (bound ${LAG_BOUND_MS} ms), so the timing of this run is not the submission's doing.`;
  }
  if (waitMs > WAIT_BOUND_MS) {
    return `A server waited ${Math.round(waitMs)} ms of ${WINDOW_MS} ms for a processor (bound ${WAIT_BOUND_MS} ms): the machine was too busy.`;
  }
  return undefined;
}
