/**
 * Which reads are still to be explained, and which of them only the present value can explain, because
 * every put they could begin with has been spent. Once the register leaves their range they are lost,
 * and so is the attempt: this keeps wrong attempts short.
 */

import { createCounter } from './counter.js';
import type { Prefix } from './prefixes.js';
import type { Problem, Task } from './problem.js';

/** A put that begins more values than this counts as never spent: less pruning, less work. */
const MAX_RANGE = 256;

export interface Demand {
  /** Reads not yet explained. */
  readonly reads: number;
  /** A read was explained, or a put spent. */
  spend(task: Task): void;
  /** Undoes `spend`. */
  restore(task: Task): void;
  /** Whether a read still to be explained begins with the prefix. */
  wants(prefix: Prefix): boolean;
  /** Whether the register may hold the prefix without losing a read; absent: a value no read wants. */
  allows(prefix: Prefix | undefined): boolean;
}

export function createDemand({ tasks, index }: Problem): Demand {
  const size = index.values.length;
  const waiting = createCounter(size);
  const critical = createCounter(size);
  const reads = new Int32Array(size);
  const sources = new Int32Array(size);

  const isCritical = (at: number) => (reads[at] ?? 0) > 0 && sources[at] === 0;
  const change = (counts: Int32Array, at: number, amount: number) => {
    const before = isCritical(at);
    counts[at] = (counts[at] ?? 0) + amount;
    const after = isCritical(at);
    if (before !== after) critical.add(at, after ? 1 : -1);
  };
  const changeRead = (at: number, amount: number) => {
    waiting.add(at, amount);
    change(reads, at, amount);
  };
  const changeSources = ({ low, high }: Prefix, amount: number) => {
    for (let at = low; at <= high; at += 1) change(sources, at, amount);
  };
  const count = (task: Task, amount: number) => {
    if (task.kind === 'get') changeRead(task.sameAs, amount);
    else if (task.kind === 'put' && isNarrow(task.begins)) changeSources(task.begins, amount);
  };

  for (const task of tasks) {
    count(task, 1);
    if (task.kind === 'put' && !isNarrow(task.begins)) changeSources(task.begins, 1);
  }
  return {
    get reads() {
      return waiting.total;
    },
    spend: (task) => count(task, -1),
    restore: (task) => count(task, 1),
    wants: ({ low, high }) => waiting.sum(low, high) > 0,
    allows: (prefix) =>
      critical.total === (prefix === undefined ? 0 : critical.sum(prefix.low, prefix.high)),
  };
}

function isNarrow({ low, high }: Prefix): boolean {
  return high - low < MAX_RANGE;
}
