/** Real Go programs on a virtual clock: an hour of theirs takes no time, and their chance is that of the seed. */

import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { cpuMsOf } from '../../../../harness/process/usage.js';
import { layOutOverlay, makeOverlay } from '../../../../harness/virtual/go/overlay/overlay.js';
import { ROOT } from '../../../root.js';
import { useSharedDirectory, useTemporaryDirectory } from '../../../support/temporary.js';
import { goInstalled } from './installed.js';
import { SmallWorld } from './small-world.js';

const SOURCES = join(ROOT, 'tests/harness/virtual/go');

describe('a Go program on a virtual clock', function () {
  this.timeout(600_000);

  const built = useSharedDirectory();
  const place = useTemporaryDirectory();
  const worlds: SmallWorld[] = [];

  before(function () {
    if (goInstalled === undefined) return this.skip();
    build('program');
  });

  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });

  /** Builds one of the programs beside this file, for the virtual clock. */
  function build(name: string): void {
    const { root, version } = goInstalled ?? expect.fail('no Go');
    const overlay = makeOverlay(root, version);
    if (overlay.kind === 'none') return expect.fail(overlay.reason);
    const file = layOutOverlay(overlay, join(built(), 'overlay'));
    const output = join(built(), name);
    execFileSync('go', ['build', '-trimpath', '-overlay', file, '-o', output, '.'], {
      cwd: join(SOURCES, name),
      env: { ...process.env, GO111MODULE: 'off', CGO_ENABLED: '0' },
    });
  }

  function newWorld(program = 'program'): SmallWorld {
    const world = new SmallWorld(join(built(), program), place());
    worlds.push(world);
    return world;
  }

  it('sleeps, ticks and times out when it should', async () => {
    const world = newWorld();
    await world.start('it', ['timers']);
    const lines = [
      '0 begins',
      '3600000 slept',
      '3600250 tick',
      '3600500 tick',
      '3600750 tick',
      '3600790 timeout',
      '3607790 context deadline exceeded',
      '3667790 true',
      '3668790 called',
    ];
    expect(await world.end('it')).to.equal(`${lines.join('\n')}\n`);
    expect(Math.floor(world.nowMs)).to.equal(3_668_790);
  });

  it('reads the date of the world, and no time twice', async () => {
    const world = newWorld();
    await world.start('it', ['clock']);
    expect(await world.end('it')).to.equal('0 begins\n2024-01-01 true\n');
  });

  it('makes the same choices for the same seed', async () => {
    const outputs: string[] = [];
    for (const seed of [7n, 7n, 8n]) {
      const world = newWorld();
      await world.start('it', ['choices'], seed);
      outputs.push(await world.end('it'));
    }
    const [first, again, other] = outputs;
    expect(again).to.equal(first);
    const parts = (output = '') => output.trim().split(' ');
    expect(parts(first)).to.have.length(2 + 40 + 20 + 2);
    for (const at of [1, -2, -1]) expect(parts(first).at(at)).not.to.equal(parts(other).at(at));
  });

  it('waits for standard input, which time does not pass over', async () => {
    const world = newWorld();
    const { child, printed } = await world.start('it', ['echo']);
    await world.until(() => false);
    expect(world.nowMs).to.equal(0);
    child.stdin.end('one\ntwo\n');
    expect(await world.end('it')).to.equal('0 begins\n0 one\n1000 two\n');
    expect(printed()).to.contain('two');
  });

  it('speaks with another one, which may be killed and started again', async () => {
    const traces: string[] = [];
    for (let i = 0; i < 2; i++) {
      const world = newWorld();
      await world.start('server', ['serve', 'server']);
      await world.start('client', ['ask', 'server']);
      await world.until(() => world.nowMs >= 160);
      await world.kill('server');
      await world.start('noise', ['tick']);
      await world.until(() => world.nowMs >= 1000);
      await world.start('server', ['serve', 'server']);
      traces.push(await world.end('client'));
      await world.close();
    }
    const times = ['20', '90'];
    const [first = '', again] = traces;
    expect(again).to.equal(first);
    for (const [i, time] of times.entries()) expect(first).to.contain(`${time} QUESTION ${i}\n`);
    expect(first.match(/QUESTION/g)).to.have.length(5);
    expect(Number(/(\d+) QUESTION 2/.exec(first)?.[1])).to.be.within(1000, 1200);
  });

  it('is at rest neither while it works nor while a thread of it is in a call of the system', async () => {
    const world = newWorld();
    const looks = { spin: worksFor(100), stuck: () => pause(300) };
    for (const [mode, look] of Object.entries(looks)) {
      const { program, child } = await world.start(mode, [mode]);
      let isOver = false;
      const turn = program.turn().finally(() => (isOver = true));
      await look(child.pid ?? 0);
      expect(program.isAtRest(), mode).to.equal(false);
      expect(isOver, mode).to.equal(false);
      child.kill('SIGKILL');
      expect(await turn, mode).to.equal(Infinity);
    }
  });

  it('owes nothing while it is stopped, and catches up later', async () => {
    const world = newWorld();
    const { program, child, printed } = await world.start('it', ['tick']);
    await world.until(() => printed().includes('tick'));
    child.kill('SIGSTOP');
    while ((await program.turn()) !== Infinity) await pause(5);
    const before = printed();
    await world.start('other', ['tick']);
    await world.until(() => world.nowMs > 1000);
    expect(printed()).to.equal(before);
    child.kill('SIGCONT');
    await world.until(() => printed() !== before);
    expect(printed()).to.match(/100 tick\n10\d\d tick\n$/);
  });

  it('is told by Go when all of it is blocked for ever', async () => {
    const world = newWorld();
    await world.start('it', ['dead']);
    expect(await world.end('it')).to.contain('all goroutines are asleep - deadlock!');
  });

  it('is an ordinary one where nobody gives it a clock', () => {
    const { stdout } = spawnSync(join(built(), 'program'), ['clock'], { encoding: 'utf8' });
    expect(stdout).to.contain(`${new Date().toISOString().slice(0, 10)} true\n`);
  });
});

/** Waits until a process has worked for so long. */
function worksFor(ms: number) {
  return async (pid: number) => {
    while (cpuMsOf([pid]) < ms) await pause(20);
  };
}
