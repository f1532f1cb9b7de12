/** Starting, freezing and killing programs, whatever they do to escape. */

import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeExit, startProgram, type Program } from '../../../harness/process/spawn.js';
import { eventually } from '../../support/eventually.js';
import { submissionPath } from '../../support/programs.js';
import { useSession } from '../../support/session.js';
import { isAlive, survivors } from '../../support/survivors.js';

describe('a program', () => {
  const session = useSession();

  const start = (...argv: string[]): Program =>
    startProgram({
      argv,
      directory: session().directory,
      mark: `${session().mark}program/`,
      environment: { GREETING: 'hello' },
      conversation: false,
      onFlood: () => {},
    });
  const printed = (program: Program, what: RegExp) =>
    eventually(`the program to print ${what.source}`, () => what.test(program.output.text()));
  const stateOf = (pid: number | undefined) =>
    /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

  it('is killed with its children and grandchildren', async () => {
    const program = start('sh', '-c', "sh -c 'sleep 1000 & echo up; wait' & sleep 1000");
    await printed(program, /up/);
    expect(survivors(session().mark).length).to.be.at.least(3);
    await program.kill();
    expect(await program.exited).to.deep.equal({ kind: 'signal', signal: 'SIGKILL' });
    expect(survivors(session().mark)).to.deep.equal([]);
  });

  it('is killed with a daemon that has left its group and ignores SIGTERM', async () => {
    const program = start('python3', submissionPath('hostile', 'daemon.py'), 'daemon');
    await printed(program, /daemon \d+/);
    const daemon = Number(/daemon (\d+)/.exec(program.output.text())?.[1]);
    process.kill(daemon, 'SIGTERM');
    expect(isAlive(daemon)).to.equal(true);
    await program.kill();
    // The kernel may still be taking down what has no environment any more.
    await eventually('the end of the daemon', () => !isAlive(daemon));
  });

  it('is killed with a daemon that has outlived it', async () => {
    const program = start('sh', '-c', 'setsid sleep 1000 & exit 3');
    expect(await program.exited).to.deep.equal({ kind: 'code', code: 3 });
    await program.kill();
    expect(survivors(session().mark)).to.deep.equal([]);
  });

  it('is frozen and wakes up', async () => {
    // Not a shell: one that is frozen between starting a program and running it waits in another state.
    const program = start(process.execPath, '-e', 'setInterval(() => console.log("tick"), 10)');
    await printed(program, /tick/);
    program.pause();
    await eventually('it to be frozen', () => stateOf(program.pid) === 'T');
    program.resume();
    const ticks = program.output.totalBytes;
    await eventually('another tick', () => program.output.totalBytes > ticks + 10);
    await program.kill();
  });

  it('is killed while it is frozen', async () => {
    const program = start('sleep', '1000');
    program.pause();
    await program.kill();
    expect(await program.exited).to.deep.equal({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('that cannot be started is one that has ended, and says why', async () => {
    const program = start(join(session().directory, 'nothing-here'));
    const exit = await program.exited;
    expect(exit.kind).to.equal('not-started');
    expect(describeExit(exit)).to.match(
      /^could not be started: \/.*\/nothing-here: no such file or directory$/,
    );
    await program.kill();
  });

  it('tells how it ended', async () => {
    expect(describeExit(await start('sh', '-c', 'exit 7').exited)).to.equal('exit code 7');
    const segfault = await start('sh', '-c', 'kill -SEGV $$').exited;
    expect(describeExit(segfault)).to.equal('signal SIGSEGV');
  });

  it('has ended once all that it printed has been read', async () => {
    const program = start(
      'sh',
      '-c',
      "head -c 5000000 /dev/zero | tr '\\0' x; echo last words >&2; exit 3",
    );
    expect(await program.ended).to.deep.equal({ kind: 'code', code: 3 });
    expect(program.output.totalBytes).to.equal(5_000_000 + 'last words\n'.length);
    expect(program.output.text()).to.match(/last words\n$/);
    await program.kill();
  });

  it('has ended although a child of it keeps its streams', async () => {
    const program = start('sh', '-c', 'echo up; setsid sleep 1000 & exit 3');
    expect(await program.ended).to.deep.equal({ kind: 'code', code: 3 });
    expect(program.output.text()).to.equal('up\n');
    await program.kill();
  });

  it('tells of all that it prints, by stream', async () => {
    const heard: [string, number][] = [];
    const program = startProgram({
      argv: ['sh', '-c', 'echo out; echo err >&2'],
      directory: session().directory,
      mark: `${session().mark}heard/`,
      environment: {},
      conversation: false,
      onFlood: () => {},
      onPrinted: (chunk, stream) => heard.push([chunk.toString(), stream]),
    });
    await program.ended;
    expect(heard).to.have.deep.members([
      ['out\n', 0],
      ['err\n', 1],
    ]);
    await program.kill();
  });

  it('gets a small environment of its own', async () => {
    process.env['PBLAB_TEST_SECRET'] = 'of the caller';
    const program = start('sh', '-c', 'env; echo end');
    await printed(program, /^end$/m);
    delete process.env['PBLAB_TEST_SECRET'];
    expect(program.output.text()).to.include('GREETING=hello').and.include('PATH=');
    expect(program.output.text()).not.to.include('PBLAB_TEST_SECRET');
    await program.kill();
  });
});
