/** The name and unit of each cost, and the words for more of it. */

import type { CostName } from '../../../harness/index.js';

export interface CostWords {
  /** For a table, such as `fail-over`. */
  title: string;
  /** After a number; empty for a bare one. */
  unit: string;
  /** Whether more of it is better. */
  moreIsBetter: boolean;
  /** Whether it depends on how busy the machine is: such costs are comparable only side by side. */
  isTime: boolean;
  /** Medians that differ by no more than this make no difference, whatever their ratio. */
  negligible: number;
  /** The words for more of it by a factor, such as `takes 1.8 times as long ...`. */
  more: (factor: string) => string;
}

export const COSTS: Record<CostName, CostWords> = {
  operationsPerSec: {
    title: 'operations per second',
    unit: '/s',
    moreIsBetter: true,
    isTime: true,
    negligible: 0,
    more: (factor) => `serves ${factor} times as many operations per second`,
  },
  latencyP50Ms: {
    title: 'latency p50',
    unit: 'ms',
    moreIsBetter: false,
    isTime: true,
    negligible: 0.5,
    more: (factor) => `takes ${factor} times as long for an ordinary operation`,
  },
  latencyP95Ms: {
    title: 'latency p95',
    unit: 'ms',
    moreIsBetter: false,
    isTime: true,
    negligible: 0.5,
    more: (factor) => `takes ${factor} times as long for the slowest of 20 operations`,
  },
  latencyP99Ms: {
    title: 'latency p99',
    unit: 'ms',
    moreIsBetter: false,
    isTime: true,
    negligible: 0.5,
    more: (factor) => `takes ${factor} times as long for the slowest of 100 operations`,
  },
  failOverMs: {
    title: 'fail-over',
    unit: 'ms',
    moreIsBetter: false,
    isTime: true,
    negligible: 20,
    more: (factor) => `stands still ${factor} times as long when its primary is taken away`,
  },
  callsPerOperation: {
    title: 'calls per operation',
    unit: '',
    moreIsBetter: false,
    isTime: false,
    negligible: 0.1,
    more: (factor) => `makes ${factor} times as many calls for each operation`,
  },
  transferBytes: {
    title: 'state transfer',
    unit: 'bytes',
    moreIsBetter: false,
    isTime: false,
    negligible: 64,
    more: (factor) => `sends ${factor} times as many bytes to a new backup`,
  },
  viewLookups: {
    title: 'view lookups per operation',
    unit: '',
    moreIsBetter: false,
    isTime: false,
    negligible: 0.1,
    more: (factor) => `asks the view service ${factor} times as often`,
  },
};
