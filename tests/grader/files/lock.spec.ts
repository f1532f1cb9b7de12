import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { LOCK_FILE, acquireLock, lockHolder, removeStale } from '../../../grader/files/lock.js';
import { inspectProcess } from '../../../harness/process/identity.js';
import { UsageError } from '../../../harness/index.js';
import { eventually } from '../../support/eventually.js';
import { withProgram } from '../program.js';
import type { Program } from '../program.js';
import { withFolder } from '../support.js';

/** A lock file with these contents beside what every lock has. */
function writeLock(folder: string, holder: Record<string, unknown>): void {
  const common = { token: 't', host: hostname(), since: '2026-01-02T03:04:05.000Z' };
  writeFileSync(join(folder, LOCK_FILE), JSON.stringify({ ...common, ...holder }));
}

describe('the lock of a directory', () => {
  it('keeps a second process out while the first lives, and names the first', () =>
    withFolder((folder) =>
      withProgram('hold-lock', [folder], async (holder) => {
        expect(await holder.line()).to.equal('held');
        expect(() => acquireLock(folder))
          .to.throw(UsageError)
          .with.property('message')
          .that.matches(
            new RegExp(
              `^another pblab \\(pid ${holder.pid}, started 20\\S+Z\\) is grading into ${folder}; ` +
                'wait for it or choose another --out$',
            ),
          );
      }),
    ));

  it('keeps the same process out a second time', () =>
    withFolder((folder) => {
      const lock = acquireLock(folder);
      expect(() => acquireLock(folder)).to.throw(UsageError);
      lock.release();
      acquireLock(folder).release();
      expect(readdirSync(folder)).to.deep.equal([]);
    }));

  it('is given up when its holder exits', () =>
    withFolder((folder) =>
      withProgram('hold-lock', [folder], async (holder) => {
        await holder.line();
        expect(existsSync(join(folder, LOCK_FILE))).to.be.true;
        await holder.finish();
        expect(readdirSync(folder)).to.deep.equal([]);
      }),
    ));

  it('is taken over from a holder that was killed', () =>
    withFolder((folder) =>
      withProgram('hold-lock', [folder], async (holder) => {
        await holder.line();
        await holder.kill();
        expect(existsSync(join(folder, LOCK_FILE))).to.be.true;
        acquireLock(folder).release();
        expect(readdirSync(folder)).to.deep.equal([]);
      }),
    ));

  it('is taken over when its pid belongs to another process by now', function () {
    const state = inspectProcess(process.pid);
    if (state.kind === 'gone' || state.startTicks === undefined) this.skip();
    return withFolder((folder) => {
      writeLock(folder, { pid: process.pid, startTicks: `${state.startTicks}0` });
      acquireLock(folder).release();
      writeLock(folder, { pid: process.pid, startTicks: state.startTicks });
      expect(() => acquireLock(folder)).to.throw(UsageError);
    });
  });

  it('is not taken from a process of another machine, and says how to do that by hand', () =>
    withFolder((folder) => {
      writeLock(folder, { pid: 1, host: 'elsewhere.example' });
      expect(() => acquireLock(folder)).to.throw(
        UsageError,
        `on elsewhere.example, started 2026-01-02T03:04:05.000Z) is grading into ${folder}; ` +
          `wait for it or choose another --out, or delete ${join(folder, LOCK_FILE)} if`,
      );
    }));

  it('is taken over when its file says nothing', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, LOCK_FILE), '{"pid":');
      acquireLock(folder).release();
      expect(readdirSync(folder)).to.deep.equal([]);
    }));

  it('tells who holds it, without a holder that is gone', () =>
    withFolder((folder) =>
      withProgram('hold-lock', [folder], async (holder) => {
        await holder.line();
        expect(lockHolder(folder)).to.include({ pid: holder.pid, isKnownToLive: true });
        await holder.kill();
        expect(lockHolder(folder)).to.equal(undefined);
        writeLock(folder, { pid: holder.pid, host: 'elsewhere' });
        expect(lockHolder(folder)).to.include({ host: 'elsewhere', isKnownToLive: false });
      }),
    ));

  it('goes to one of several processes that find it stale at the same time', () =>
    withFolder(async (folder) => {
      writeLock(folder, { pid: process.pid, startTicks: 'another' });
      const answers: (string | undefined)[] = [];
      // All are started before an answer is waited for, and live until the last one has answered.
      const compete = (more: number, pending: Promise<string | undefined>[]): Promise<void> =>
        withProgram('hold-lock', [folder], async (program) => {
          const asked = [...pending, program.line()];
          if (more > 0) await compete(more - 1, asked);
          else answers.push(...(await Promise.all(asked)));
        });
      await compete(3, []);
      expect(answers.filter((answer) => answer === 'held')).to.have.length(1);
      expect(answers.filter((answer) => answer?.startsWith('refused: another'))).to.have.length(3);
    }));

  it('is put back when it changed hands just before it was to be removed as stale', () =>
    withFolder((folder) => {
      const lock = acquireLock(folder);
      const file = join(folder, LOCK_FILE);
      const text = readFileSync(file, 'utf8');
      removeStale(file, 'the lock of a dead process');
      expect(readFileSync(file, 'utf8')).to.equal(text);
      expect(readdirSync(folder)).to.deep.equal([LOCK_FILE]);
      lock.release();
    }));

  it('is not removed by a former holder', () =>
    withFolder((folder) => {
      const former = acquireLock(folder);
      writeLock(folder, { pid: 1, host: 'elsewhere.example' });
      const text = readFileSync(join(folder, LOCK_FILE), 'utf8');
      former.release();
      expect(readFileSync(join(folder, LOCK_FILE), 'utf8')).to.equal(text);
    }));
});

describe('inspecting a process', () => {
  it('finds this one running since always the same moment', () => {
    const state = inspectProcess(process.pid);
    expect(state.kind).to.equal('running');
    expect(inspectProcess(process.pid)).to.deep.equal(state);
  });

  it('knows when it started', function () {
    const state = inspectProcess(process.pid);
    if (state.kind === 'gone' || state.startTicks === undefined) this.skip();
    // Linux counts in hundredths of a second since boot, whatever its own clock's rate is.
    const uptimeSec = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
    const ageSec = uptimeSec - Number(state.startTicks) / 100;
    expect(ageSec).to.be.closeTo(process.uptime(), 10);
  });

  it('finds one gone that has ended and only waits for its parent', async function () {
    if (!existsSync('/proc/self/stat')) this.skip();
    // The shell turns into a program that waits for no child, and only then the child ends.
    const script = 'exec 3<&0; head -c 1 <&3 >&2 & echo $!; exec sleep 1000';
    const parent = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(parent, 'exit');
    try {
      const [line]: unknown[] = await once(parent.stdout, 'data');
      const pid = Number(String(line));
      const program = `/proc/${parent.pid}/comm`;
      await eventually('the exec', () => readFileSync(program, 'utf8') === 'sleep\n');
      parent.stdin.end();
      while (inspectProcess(pid).kind !== 'gone') await setImmediate();
      expect(process.kill(pid, 0)).to.be.true;
    } finally {
      parent.kill('SIGKILL');
      await exited;
    }
  });

  it('finds a killed one gone', () =>
    withFolder((folder) =>
      withProgram('hold-lock', [folder], async (program: Program) => {
        await program.line();
        expect(inspectProcess(program.pid).kind).to.equal('running');
        await program.kill();
        expect(inspectProcess(program.pid)).to.deep.equal({ kind: 'gone' });
      }),
    ));
});
