/**
 * Measures how far a run's timing can be trusted: the kit's own lateness, which is also the time a relayed
 * call may have queued, and how long the servers were ready to run without getting a processor. Past
 * a bound the run proves nothing about the submission.
 */

import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { machineTime, type MachineTime } from './machine-load.js';
import { heldBackMs, standingOf, type Standing } from './waiting.js';

/** The kit may be this late at most, in ms: more than one ping interval, and timing is not the lab's. */
export const LAG_BOUND_MS = 150;

/** A server may wait for a processor this long at most within one window, in ms. */
export const WAIT_BOUND_MS = 200;

/** Half of the time after which a silent server counts as dead, in ms. */
export const WINDOW_MS = 250;

/** Resolution of the kit's own lateness, in ms; each tick of 10 ms would cost 4 ms of a second. */
const RESOLUTION_MS = 20;

/**
 * If the submission itself took more than this share of all processors in a window, it caused the lateness in that
 * window: otherwise it could spin to make its runs unknown. The start of its programs does
 * not count, because the kit starts them, several at a time.
 */
const OWN_SHARE = 0.5;

/** If others took more than this share of the machine, the submission is not the only cause of lateness. */
const OTHERS_SHARE = 0.25;

/**
 * A service of the lab makes far fewer calls than this in a window, with so many more for each operation in it.
 * The submission also causes the work of the relays for more calls than that.
 */
const CALLS_PER_WINDOW = 100;
const CALLS_PER_OPERATION = 20;

export interface Disturbance {
  /** The kit's worst lateness, in ms. */
  lagMs: number;
  /** The longest that a thread of a server waited for a processor within one window, in ms. */
  waitMs: number;
  /** The same, window by window. */
  strains: readonly Strain[];
}

/** What held servers back in one window that the submission itself did not make busy. */
export interface Strain {
  /** In ms, on the clock of what is watched. */
  fromMs: number;
  untilMs: number;
  /** The lateness of the kit. */
  lagMs: number;
  /** How long each server waited for a processor, by pid. */
  waitsMs: ReadonlyMap<number, number>;
}

export interface DisturbanceMonitor {
  /** The measurements; windows that the submission itself made busy are left out. */
  stop(): Disturbance;
}

/** The work of the relays so far. */
export interface Work {
  /** Calls that processes of the submission have begun. */
  calls: number;
  /** Operations that clerks were asked for. */
  operations: number;
}

/** Whom to watch; what is absent has not happened. */
export interface Watched {
  /** The processes whose waiting counts. */
  serverPids: () => readonly number[];
  /** The processor time of all processes of the submission so far, without their starts, in ms. */
  submissionCpuMs?: () => number;
  work?: () => Work;
  /** ms, for the times of strains; since the start of this process if absent. */
  now?: () => number;
  /** Times of all processors; read from the machine unless a test passes others. */
  machineTime?: () => MachineTime;
}

/** The readings at one moment. */
interface Look {
  atMs: number;
  cpuMs: number;
  kitCpuMs: number;
  machine: MachineTime;
  work: Work;
  servers: ReadonlyMap<number, Standing>;
}

/** Starts to measure. */
export function monitorDisturbance(watched: Watched): DisturbanceMonitor {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const strains: Strain[] = [];
  const worst = { lagMs: 0, waitMs: 0, strains };
  let last = lookAt(watched);
  const sample = () => {
    const now = lookAt(watched);
    if (!isOwnDoing(last, now)) {
      const waitsMs = waits(last.servers, now.servers);
      const lagMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
      worst.waitMs = Math.max(worst.waitMs, ...waitsMs.values());
      worst.lagMs = Math.max(worst.lagMs, lagMs);
      strains.push({ fromMs: last.atMs, untilMs: now.atMs, lagMs, waitsMs });
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

function lookAt(watched: Watched): Look {
  const { user, system } = process.cpuUsage();
  return {
    atMs: (watched.now ?? (() => performance.now()))(),
    cpuMs: watched.submissionCpuMs?.() ?? 0,
    kitCpuMs: (user + system) / 1000,
    machine: (watched.machineTime ?? machineTime)(),
    work: watched.work?.() ?? { calls: 0, operations: 0 },
    servers: new Map(watched.serverPids().map((pid) => [pid, standingOf(pid)])),
  };
}

/** Whether the submission alone kept the processors busy between two readings. */
function isOwnDoing(earlier: Look, later: Look): boolean {
  const capacityMs = (later.atMs - earlier.atMs) * availableParallelism();
  const submissionMs = later.cpuMs - earlier.cpuMs;
  const kitMs = later.kitCpuMs - earlier.kitCpuMs;
  const calls = later.work.calls - earlier.work.calls;
  const operations = later.work.operations - earlier.work.operations;
  const isFlooded = calls > CALLS_PER_WINDOW + CALLS_PER_OPERATION * operations;
  const ownMs = submissionMs + (isFlooded ? kitMs : 0);
  const othersMs = later.machine.busyMs - earlier.machine.busyMs - submissionMs - kitMs;
  const machineMs = later.machine.allMs - earlier.machine.allMs;
  return ownMs > OWN_SHARE * capacityMs && othersMs <= OTHERS_SHARE * machineMs;
}

/** How long each server was held back between two looks, by pid; one that was not there before is only starting. */
function waits(
  earlier: ReadonlyMap<number, Standing>,
  later: ReadonlyMap<number, Standing>,
): Map<number, number> {
  const known = new Map<number, number>();
  for (const [pid, now] of later) {
    const before = earlier.get(pid);
    if (before !== undefined) known.set(pid, heldBackMs(before, now));
  }
  return known;
}

/** Why a run must not be judged, as one sentence; undefined if it may be. */
export function disturbed({
  lagMs,
  waitMs,
}: Pick<Disturbance, 'lagMs' | 'waitMs'>): string | undefined {
  if (lagMs > LAG_BOUND_MS) {
    return `The kit itself was ${Math.round(lagMs)} ms late (bound ${LAG_BOUND_MS} ms), so the submission is not to blame for the timing of this run.`;
  }
  if (waitMs > WAIT_BOUND_MS) {
    return `A server waited ${Math.round(waitMs)} ms of ${WINDOW_MS} ms for a processor (bound ${WAIT_BOUND_MS} ms): the machine was too busy.`;
  }
  return undefined;
}
