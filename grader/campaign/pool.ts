/**
 * A pool of worker processes. A worker performs one run at a time; one that dies or hangs is replaced,
 * and its run is reported as broken by the kit, which is not the submission's fault.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { noInspectorOptions, type Isolation } from '../../harness/index.js';
import type { WorkerOrder, WorkerReport } from './worker.js';

/** How long workers may take to clean up; one that a submission has stopped would take for ever. */
const CLEAN_UP_MS = 30_000;

const PROGRAM = join(import.meta.dirname, 'worker.js');

/** Where runs are performed: workers on this machine, or agents on others. */
export interface Pool {
  /** How many runs it can have at once, by now; at least 1. */
  slots(): number;
  /** Performs one run; `timeoutMs` is the time after which its worker is stuck. */
  perform(order: WorkerOrder, timeoutMs: number): Promise<Performed>;
  /** Gives up all runs under way, which then end as broken; resolves when nothing of them is left on this machine. */
  giveUp(): Promise<void>;
  /** Gives up, and ends the pool. */
  close(): Promise<void>;
}

export interface Performed {
  report: WorkerReport;
  /** The machine that it was performed on, where that is not this one. */
  host?: string;
  /** To be called when the report is in the journal. */
  recorded(): void;
}

/** A pool of this machine, whose workers die with it. */
export interface WorkerPool {
  perform(order: WorkerOrder, timeoutMs: number): Promise<WorkerReport>;
  close(): Promise<void>;
}

/** Performs up to so many runs at once on this machine. */
export function localPool(isolation: Isolation, jobs: number): Pool {
  const workers = openPool(isolation);
  return {
    slots: () => jobs,
    async perform(order, timeoutMs) {
      return { report: await workers.perform(order, timeoutMs), recorded: () => {} };
    },
    giveUp: () => workers.close(),
    close: () => workers.close(),
  };
}

/** Its workers run submissions in this isolation. */
export function openPool(isolation: Isolation): WorkerPool {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();

  const start = (): ChildProcess => {
    // Warnings of the runtime would tear the progress display; an error reaches us as a report.
    const worker = fork(PROGRAM, [JSON.stringify(isolation)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...noInspectorOptions()],
    });
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      // One that died between two runs would never answer.
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
    });
    worker.on('error', () => worker.kill('SIGKILL'));
    return worker;
  };
  return {
    async perform(order, timeoutMs) {
      const worker = idle.pop() ?? start();
      const report = await answerOf(worker, order, timeoutMs);
      // A worker may be in any state after something in it broke.
      if (report.kind === 'broke') worker.kill('SIGKILL');
      else idle.push(worker);
      return report;
    },
    async close() {
      // One that could not be started has no end to wait for.
      const started = [...all].filter(({ pid }) => pid !== undefined);
      const gone = started.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
      for (const worker of started) if (worker.connected) worker.disconnect();
      const timer = setTimeout(() => {
        for (const worker of started) worker.kill('SIGKILL');
      }, CLEAN_UP_MS);
      await Promise.all(gone);
      clearTimeout(timer);
    },
  };
}

function answerOf(
  worker: ChildProcess,
  order: WorkerOrder,
  timeoutMs: number,
): Promise<WorkerReport> {
  return new Promise((resolve) => {
    const end = (report: WorkerReport) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(report);
    };
    const onMessage = (message: WorkerReport | 'ready') => {
      if (message !== 'ready') end(message);
    };
    const onExit = (code: number | null, signal: string | null) =>
      end({
        kind: 'broke',
        why: `a worker of the kit ended with ${signal ?? `exit code ${code}`}`,
      });
    const onError = ({ message }: Error) =>
      end({ kind: 'broke', why: `a worker of the kit could not be reached: ${message}` });
    const timer = setTimeout(
      () => end({ kind: 'broke', why: `a worker of the kit did not answer for ${timeoutMs} ms` }),
      timeoutMs,
    );
    worker.on('message', onMessage).once('exit', onExit).once('error', onError);
    worker.send(order);
  });
}
