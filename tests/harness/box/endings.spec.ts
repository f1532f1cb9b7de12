/** How programs in a box are killed, frozen and counted, and what their exits mean. */

import { expect } from 'chai';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { openBox } from '../../../harness/box/box.js';
import { currentIsolation, useIsolation } from '../../../harness/box/current-isolation.js';
import { openSession } from '../../../harness/process/session.js';
import { singlePrimary } from '../../../harness/scenarios/basics/single-primary.js';
import { runOnceAsTest, submission } from '../../support/runs.js';
import { FOR_A_SERVER } from '../../../harness/box/limits.js';
import type { Program } from '../../../harness/process/spawn.js';
import { describeExit, startProgram } from '../../../harness/process/spawn.js';
import { cpuMsOf } from '../../../harness/process/usage.js';
import { heldBackMs, standingOf } from '../../../harness/process/waiting.js';
import { PYTHON, useBox } from '../../support/boxes.js';
import { eventually } from '../../support/eventually.js';
import { starve } from '../../support/starvation.js';
import { isAlive } from '../../support/survivors.js';
import { useSession } from '../../support/session.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

/** Forks a daemon by the book, without any environment; both print what they are. */
const DAEMON = `
import os, sys, time
print("parent", flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() > 0: os._exit(0)
    os.execve("/bin/sh", ["sh", "-c", "trap '' TERM; echo daemon; exec sleep 1000"], {})
time.sleep(1000)`;

/** Counts in two process groups. */
const TWO_GROUPS = `
import os, time
name = "child" if os.fork() == 0 else "parent"
if name == "child": os.setpgid(0, 0)
while True:
    print(name, flush=True)
    time.sleep(0.01)`;

const FROZEN = /^[TD]$/;

function stateOf(pid: number): string {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1] ?? '';
}

describe('a program in a box', function () {
  const box = useBox();

  const printed = (program: Program, what: RegExp) =>
    eventually(`the program to print ${what.source}`, () => what.test(program.output.text()));

  it('is killed with a daemon that has no parent, no session and no environment of it', async () => {
    const program = box.start([PYTHON, '-c', DAEMON]);
    await printed(program, /daemon/);
    const pids = program.pids(0);
    expect(pids).to.have.length.at.least(2);
    await program.kill();
    expect(pids.filter((pid) => isAlive(pid))).to.deep.equal([]);
  });

  it('takes its daemons with it when it ends', async () => {
    const program = box.start(['sh', '-c', 'setsid sleep 1000 & echo up; read x; exit 3']);
    expect(await program.exited).to.deep.equal({ kind: 'code', code: 3 });
    await eventually('the end of all', () => program.pids(0).every((pid) => !isAlive(pid)));
  });

  it('is stopped with a second process group of it, and wakes up', async () => {
    const program = box.start([PYTHON, '-c', TWO_GROUPS]);
    await printed(program, /parent[^]*child|child[^]*parent/);
    program.pause();
    const pids = program.pids(0);
    expect(pids).to.have.length(2);
    await eventually('both to be stopped', () => pids.every((pid) => FROZEN.test(stateOf(pid))));
    const before = program.output.text().length;
    program.resume();
    const later = () => program.output.text().slice(before);
    await eventually('both to go on', () => /child/.test(later()) && /parent/.test(later()));
  });

  it('is killed while it is stopped', async () => {
    const program = box.start([PYTHON, '-c', TWO_GROUPS]);
    await printed(program, /child/);
    program.pause();
    const pids = program.pids(0);
    await program.kill();
    expect(pids.filter((pid) => isAlive(pid))).to.deep.equal([]);
  });

  it('is counted with its grandchildren', async () => {
    const program = box.start(['sh', '-c', 'sh -c \'sh -c "while :; do :; done" & wait\' & wait']);
    await eventually('three processes', () => program.pids(0).length >= 3);
    const [first = 0] = program.listeners();
    expect(first).to.equal(program.pid);
    await eventually('some processor time', () => cpuMsOf(program.pids(0)) > 100);
    expect(cpuMsOf([first])).to.be.below(100);
  });

  it('has waited for a processor, as its pid tells', async () => {
    const program = box.start(['sh', '-c', 'echo up; while :; do :; done']);
    await printed(program, /up/);
    const pid = program.pid ?? 0;
    const starved = starve(pid);
    try {
      const before = standingOf(pid);
      await eventually('a long wait', () => heldBackMs(before, standingOf(pid)) > 200);
    } finally {
      await starved.end();
    }
  });

  it('ends with its own code', async () => {
    const { exit } = await box.run(['sh', '-c', 'exit 7']);
    expect(exit).to.deep.equal({ kind: 'code', code: 7 });
  });

  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const) {
    it(`ends with the signal ${signal}`, async () => {
      const { exit } = await box.run(['sh', '-c', `kill -${signal.slice(3)} $$`]);
      expect(exit).to.deep.equal({ kind: 'signal', signal });
    });
  }

  it('was not started if it is not there', async () => {
    const { exit } = await box.run(['./nothing-here']);
    expect(describeExit(exit)).to.equal(
      'could not be started: ./nothing-here: no such file or directory',
    );
  });

  it('was not started if it cannot be executed', async () => {
    const home = box.directory();
    writeFileSync(join(home, 'program'), '#!/bin/sh\n');
    const { exit } = await box.run(['./program'], { directory: home });
    expect(describeExit(exit)).to.equal('could not be started: ./program: permission denied');
  });

  it('may end with the code and the words of a program that was not started', async () => {
    const { exit } = await box.run(['sh', '-c', 'echo nothing: not found; exit 127']);
    expect(exit).to.deep.equal({ kind: 'code', code: 127 });
  });
});

describe('a box that cannot be made', function () {
  const session = useSession();
  const directory = useTemporaryDirectory();
  const path = process.env['PATH'];
  afterEach(() => (process.env['PATH'] = path));

  /** Bubblewrap that ends with words on standard error. */
  const replaceBubblewrap = (script: string) => {
    const folder = join(directory(), 'bin');
    mkdirSync(folder);
    writeFileSync(join(folder, 'bwrap'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env['PATH'] = `${folder}${delimiter}${path}`;
  };
  const exitOf = async () => {
    const box = openBox(
      { level: 'full', seccomp: false },
      { ...session(), directory: directory() },
    );
    const home = join(directory(), 'home');
    mkdirSync(home);
    const mark = `${session().mark}0/`;
    const argv = ['true'];
    const program = startProgram({
      argv,
      directory: home,
      mark,
      environment: {},
      conversation: false,
      onFlood: () => {},
      confinement: box.lodge(home).confine({
        argv,
        mark,
        readable: [],
        needsTools: false,
        allowance: FOR_A_SERVER,
      }),
    });
    const exit = await program.exited;
    await program.kill();
    return exit;
  };

  it('is not the failure of the program', async () => {
    replaceBubblewrap('echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    expect(await exitOf()).to.deep.equal({
      kind: 'not-confined',
      message: 'bwrap: No permissions to create new namespace',
    });
  });

  it('is the failure of the kit in a run, and no result of the submission', async () => {
    const isolation = await currentIsolation();
    useIsolation({ level: 'full', seccomp: false });
    replaceBubblewrap('echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    const own = await openSession();
    try {
      const run = { submission: submission('hostile'), scenario: singlePrimary };
      const problem = await runOnceAsTest(run, own).catch((error: unknown) => String(error));
      expect(problem).to.equal(
        'Error: vs could not be started in its box: bwrap: No permissions to create new namespace',
      );
    } finally {
      await own.close();
      useIsolation(isolation);
    }
  });

  it('is not the failure of the program if bubblewrap says nothing', async () => {
    replaceBubblewrap('exit 0');
    expect(await exitOf()).to.deep.equal({
      kind: 'not-confined',
      message: 'bubblewrap ended without a word',
    });
  });

  it('is not the failure of the program if bubblewrap cannot be executed', async () => {
    replaceBubblewrap('exit 0');
    const file = join(directory(), 'bin/bwrap');
    writeFileSync(file, '#!/nowhere\n');
    chmodSync(file, 0o755);
    expect(await exitOf()).to.include({ kind: 'not-confined' });
  });
});
