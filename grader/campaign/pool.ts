/**
 * A pool of worker processes. A worker performs one run at a time; one that dies or hangs is replaced,
 * and its run is reported as broken by the kit, which is not the submission's fault.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { WorkerOrder, WorkerReport } from './worker.js';

/** How long workers may take to clean up; one that a submission has stopped would take for ever. */
const CLEAN_UP_MS = 30_000;

const PROGRAM = join(import.meta.dirname, 'worker.js');

export interface Pool {
  /** Performs one run in an idle or a new worker; `timeoutMs` is the time after which it is stuck. */
  perform(order: WorkerOrder, timeoutMs: number): Promise<WorkerReport>;
  /** Ends all workers, also those at work; resolves when each has cleaned up and gone. */
  close(): Promise<void>;
}

export function openPool(): Pool {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();

  const start = (): ChildProcess => {
    // Warnings of the runtime would tear the progress display; an error reaches us as a report.
    const worker = fork(PROGRAM, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
