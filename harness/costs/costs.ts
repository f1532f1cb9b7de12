/**
 * The costs of a run, measured by the kit: the operations, the calls on the links, the views. They show
 * how expensive an implementation is, never whether it is right. A cost that a run cannot measure is absent: a
 * comparison then leaves it out instead of counting it as 0.
 */

import type { History } from '../history/operation.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { Expenses } from './expenses.js';
import { failOverMs } from './fail-over-time.js';
import { viewLookups } from './lookups.js';
import { servedBy, slowestOf, type Served } from './served.js';
import { transferBytes } from './transfer.js';

/** All costs. Less is better, except for operations per second. */
export const COST_NAMES = [
  /** Operations acknowledged for each second in which any such operation was under way. */
  'operationsPerSec',
  /** Median latency of acknowledged operations, in ms. */
  'latencyP50Ms',
  /** 95 % of them, in ms. */
  'latencyP95Ms',
  /** 99 % of them, in ms. */
  'latencyP99Ms',
  /** From the kill or freeze of a primary to the first operation acknowledged without it, in ms; the mean of several. */
  'failOverMs',
  /** Calls from clerks to servers and among servers, for each operation acknowledged. */
  'callsPerOperation',
  /** The largest request by which a primary handed its state to a new backup, in bytes. */
  'transferBytes',
  /** Calls to the view service beyond one ping of each server in each interval, for each operation acknowledged. */
  'viewLookups',
] as const;

export type CostName = (typeof COST_NAMES)[number];

/** The costs of one run that it gives a measure of. */
export type RunCosts = Partial<Record<CostName, number>>;

/** With fewer operations, a rate or a percentile would say more of the scenario than of the submission. */
const FEWEST = { rate: 20, p50: 1, p95: 20, p99: 100 };

/** Digits kept of a cost; the rest would be noise in every record. */
const DIGITS = 4;

/** Measures that the run itself does not contain. */
export interface CostContext {
  pingIntervalMs: number;
  /** When the run ended, in ms since its start. */
  untilMs: number;
}

export function costsOf(
  history: History,
  timeline: readonly TimelineEvent[],
  expenses: Expenses,
  context: CostContext,
): RunCosts {
  const acknowledged = history.filter(({ outcome }) => outcome === 'ok');
  const served = servedBy(acknowledged);
  const { calls, largestRequest } = expenses;
  const each = acknowledged.length;
  const perOperation = (total: number) => (each < FEWEST.rate ? undefined : total / each);
  return measured({
    operationsPerSec:
      served.count < FEWEST.rate ? undefined : (1000 * served.count) / served.busyMs,
    ...latencies(served),
    failOverMs: failOverMs(history, timeline),
    callsPerOperation: perOperation(calls),
    transferBytes: largestRequest && transferBytes(history, timeline, largestRequest),
    viewLookups: perOperation(viewLookups(expenses, timeline, context)),
  });
}

function latencies(served: Served) {
  const slowest = (share: number, fewest: number) =>
    served.count < fewest ? undefined : slowestOf(served, share);
  return {
    latencyP50Ms: slowest(0.5, FEWEST.p50),
    latencyP95Ms: slowest(0.95, FEWEST.p95),
    latencyP99Ms: slowest(0.99, FEWEST.p99),
  };
}

/** Those of the costs that there are, rounded. */
function measured(costs: Record<CostName, number | undefined>): RunCosts {
  const found: RunCosts = {};
  for (const name of COST_NAMES) {
    const value = costs[name];
    if (value !== undefined && Number.isFinite(value))
      found[name] = Number(value.toPrecision(DIGITS));
  }
  return found;
}
