import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPool } from '../../../grader/campaign/pool.js';
import type { WorkerOrder } from '../../../grader/campaign/worker.js';
import { currentIsolation, deriveSeed, resolveSubmission } from '../../../harness/index.js';
import { PATIENCE_MS, signal, until } from '../cli.js';

/** Far more than a run takes, in ms. */
const RUN_MS = 60_000;

/** Pids of the workers that this process has started. */
function workers(): number[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(join('/proc', pid, file), 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter(
      (pid) => /^\d+$/.test(pid) && read(pid, 'cmdline').includes('grader/campaign/worker.js'),
    )
    .filter((pid) => read(pid, 'status').includes(`\nPPid:\t${process.pid}\n`))
    .map(Number);
}

async function orderOf(index: number): Promise<WorkerOrder> {
  const resolved = await resolveSubmission('reference');
  if (resolved.kind !== 'ready') throw new Error('the reference needs no build');
  const scenario = 'single-primary';
  return {
    submission: resolved.submission,
    scenario,
    key: `reference/${scenario}/${index}`,
    attempt: 0,
    index,
    seed: deriveSeed('pool', index),
  };
}

describe('the pool of workers', function () {
  this.timeout(PATIENCE_MS);

  it('uses one worker for runs in sequence, and another when that one has died between them', async () => {
    const pool = openPool(await currentIsolation());
    try {
      const first = await pool.perform(await orderOf(0), RUN_MS);
      const [worker = NaN, ...others] = workers();
      expect([first.kind, others]).to.deep.equal(['record', []]);
      await pool.perform(await orderOf(1), RUN_MS);
      expect(workers()).to.deep.equal([worker]);

      signal(worker, 'SIGKILL');
      // Gone altogether: from the moment it was waited for, the pool knows of its end.
      await until(
        () => !existsSync(join('/proc', String(worker))),
        () => 'the worker lives',
      );
      const next = await pool.perform(await orderOf(2), RUN_MS);
      expect(next).to.have.nested.property('record.key', 'reference/single-primary/2');
    } finally {
      await pool.close();
    }
    expect(workers()).to.deep.equal([]);
  });

  it('reports a worker that does not answer in time, and gives up on it', async () => {
    const pool = openPool(await currentIsolation());
    try {
      const report = await pool.perform(await orderOf(0), 1);
      expect(report).to.deep.equal({
        kind: 'broke',
        why: 'a worker of the kit did not answer for 1 ms',
      });
      const next = await pool.perform(await orderOf(1), RUN_MS);
      expect(next.kind).to.equal('record');
    } finally {
      await pool.close();
    }
    expect(workers()).to.deep.equal([]);
  });

  it('reports that the kit broke when there is no such scenario', async () => {
    const pool = openPool(await currentIsolation());
    try {
      const report = await pool.perform({ ...(await orderOf(0)), scenario: 'none' }, RUN_MS);
      expect(report).to.include({ kind: 'broke' });
      expect(report).to.have.property('why').that.contains('there is no scenario none');
    } finally {
      await pool.close();
    }
  });
});
