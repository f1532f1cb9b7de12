/** The workers of an agent whose runs are made up, on a machine that may have something wrong with it. */

import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerPool } from '../../../../grader/campaign/pool.js';
import type { WorkerOrder } from '../../../../grader/campaign/worker.js';
import { randomFrom, type RunRecord } from '../../../../harness/index.js';
import { madeUpRecord } from './made-up-runs.js';

export interface AgentChoice {
  address: string;
  name: string;
  jobs: number;
  /** Each run takes about as long, in ms: from half of it to one and a half. */
  runMs?: number;
  /** Whether no run is disturbed on this machine. */
  isCalm?: boolean;
  /** Whether the disk of this machine is full. */
  diskIsFull?: boolean;
  /** Whether runs of the control arm fail here, and all others pass. */
  isUnsafe?: boolean;
  /** Runs with this in their key kill the agent. */
  killedBy?: string;
  /** In ms. */
  idleMs?: number;
}

/** Workers of an agent; `tell` gets a line `begins KEY#ATTEMPT` for each run. */
export function madeUpWorkers(
  { name, runMs = 20, isCalm, diskIsFull, isUnsafe, killedBy }: AgentChoice,
  tell: (line: string) => void,
): WorkerPool {
  const record = (order: WorkerOrder) => {
    const made = madeUpRecord(order);
    if (isCalm === true && made.cause === 'disturbed') return passed(made);
    if (isUnsafe !== true) return made;
    const pass = passed(made);
    if (order.submission.name !== 'control') return pass;
    return { ...pass, verdict: 'fail', class: 'safety', signature: 'broken-host' } as const;
  };
  return {
    async perform(order) {
      tell(`begins ${order.key}#${order.attempt}`);
      if (killedBy !== undefined && order.key.includes(killedBy))
        process.kill(process.pid, 'SIGKILL');
      const share = randomFrom(`${name} ${order.key}`).integer(50, 150);
      await pause((runMs * share) / 100);
      if (diskIsFull === true) return { kind: 'broke', why: 'ENOSPC', diskFull: true };
      return { kind: 'record', record: record(order) };
    },
    close: () => Promise.resolve(),
  };
}

/** The same attempt, had it passed. */
function passed(record: RunRecord): RunRecord {
  const { verdict: _, class: __, signature: ___, cause: ____, artifacts: _____, ...rest } = record;
  return { ...rest, verdict: 'pass' };
}
