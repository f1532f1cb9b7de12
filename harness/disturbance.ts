/**
 * Measures how honest a run's timing was: the kit's own lateness, which is also the time a relayed
 * call may have queued, and how long the servers were ready to run without getting a processor. Past
 * a bound the run says nothing about the submission.
 */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { waitedMsOf } from './process/usage.js';

/** The kit may be this late at most, in ms: more than one ping interval, and timing is not the lab's. */
export const LAG_BOUND_MS = 150;

/** A server may wait for a processor this long at most within one window, in ms. */
export const WAIT_BOUND_MS = 200;

/** Half of the time after which a silent server counts as dead, in ms. */
const WINDOW_MS = 250;

/** Resolution of the kit's own lateness, in ms. */
const RESOLUTION_MS = 10;

export interface Disturbance {
  /** The kit's worst lateness, in ms. */
  lagMs: number;
  /** The longest that a server waited for a processor within one window, in ms. */
  waitMs: number;
}

export interface DisturbanceMonitor {
  stop(): Disturbance;
}

/** Starts to measure; `serverPids` gives the processes whose waiting counts. */
export function monitorDisturbance(serverPids: () => readonly number[]): DisturbanceMonitor {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let waitMs = 0;
  let last = new Map<number, number>();
  const sample = () => {
    const now = new Map(serverPids().map((pid) => [pid, waitedMsOf(pid)]));
    for (const [pid, waited] of now) {
      waitMs = Math.max(waitMs, waited - (last.get(pid) ?? waited));
    }
    last = now;
  };
  const timer = setInterval(sample, WINDOW_MS);
  return {
    stop() {
      clearInterval(timer);
      sample();
      delay.disable();
      const worstMs = delay.max / 1e6 - RESOLUTION_MS;
      return { lagMs: Math.max(0, Number.isFinite(worstMs) ? worstMs : 0), waitMs };
    },
  };
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
