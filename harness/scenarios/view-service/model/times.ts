/**
 * How long is how long: from when a silent server may count as dead, and from when it must. Between the two
 * a view service is right either way.
 */

import type { Lab } from '../../../cluster/cluster.js';
import { MARGIN_INTERVALS } from '../kit-in-time.js';

/** A view service counts whole intervals by its own clock, so it may be one late. */
const LATE_INTERVALS = 1;

export interface Times {
  /** After so long a silence a server may count as dead, in ms; before, it may not. */
  mayBeDeadMs: number;
  /** After so long a silence a server counts as dead for whatever then has to happen, in ms. */
  mustBeDeadMs: number;
  /** After so long a silence no view service may still take a server into a view, in ms. */
  neverTakenMs: number;
  /** A change that is due must be told within this time, in ms, if pings go on. */
  patienceMs: number;
  /** Answers within that time at least: a view service may need pings to notice anything. */
  patienceAnswers: number;
}

export function timesOf({ pingIntervalMs, deadPings }: Omit<Lab, 'operations'>): Times {
  return {
    mayBeDeadMs: (deadPings - MARGIN_INTERVALS) * pingIntervalMs,
    mustBeDeadMs: (deadPings + LATE_INTERVALS) * pingIntervalMs,
    neverTakenMs: 2 * deadPings * pingIntervalMs,
    patienceMs: 3 * deadPings * pingIntervalMs,
    patienceAnswers: 2 * deadPings,
  };
}
