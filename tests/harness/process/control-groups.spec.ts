/** Control groups of both versions: real ones as far as this machine has them, and files in the place of others. */

import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  endGroups,
  findGroupPlace,
  openGroup,
  removeGroups,
  type ControlGroup,
  type GroupPlace,
} from '../../../harness/process/control-groups.js';
import { eventually } from '../../support/eventually.js';
import { isAlive } from '../../support/survivors.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const UNIFIED = '/sys/fs/cgroup/unified';
const LIMITS = { memoryBytes: 64 * 1024 ** 2, processes: 50 };

/** The freezer of version 2, on a machine that has its controllers in version 1. */
function hybridPlace(): GroupPlace | undefined {
  try {
    accessSync(join(UNIFIED, 'cgroup.procs'), constants.W_OK);
    return { version: 2, folders: new Map([['freezer', UNIFIED]]) };
  } catch {
    return undefined;
  }
}

const id = 'c0ffee00';

const PLACES: readonly (readonly [string, GroupPlace | undefined])[] = [
  ['of this machine', findGroupPlace(id)],
  ['of version 2 beside version 1', hybridPlace()],
];

for (const [what, place] of PLACES) {
  describe(`a control group ${what}`, function () {
    let children: ChildProcess[] = [];

    before(function () {
      if (place?.folders.has('freezer') === true) return;
      if (this.test?.parent) this.test.parent.title += ' (skipped: there is none)';
      this.skip();
    });
    afterEach(async () => {
      for (const child of children) child.kill('SIGKILL');
      children = [];
      await endGroups(id);
      for (const folder of folders()) expect(existsSync(folder), folder).to.equal(false);
    });

    const folders = () =>
      [...(place?.folders.values() ?? [])].map((each) => join(each, `pblab-${id}`));
    const open = (name: string) => {
      if (place === undefined) throw new Error('there is no place');
      return openGroup(place, { session: id, name, limits: LIMITS });
    };
    const startIn = ({ entrance, within }: ControlGroup, ...argv: string[]) => {
      const [command = '', ...words] = [...entrance, ...argv];
      const child = within(() => spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] }));
      children.push(child);
      return { child, pid: child.pid ?? 0, ended: once(child, 'exit') };
    };

    it('holds a program and all that it starts, and nothing of the kit', async () => {
      const group = open('0');
      const { pid } = startIn(group, 'sh', '-c', 'setsid sleep 1000 & exec sleep 1000');
      await eventually('both in the group', () => group.pids().length === 2);
      expect(group.pids()).to.include(pid).and.not.include(process.pid);
      for (const folder of folders()) {
        expect(readFileSync('/proc/self/cgroup', 'utf8')).to.not.contain(folder);
      }
    });

    it('freezes and thaws', async () => {
      const group = open('0');
      expect(group.canFreeze).to.equal(true);
      const { child } = startIn(group, 'sh', '-c', 'while :; do echo x; sleep 0.01; done');
      let printed = 0;
      child.stdout?.on('data', ({ length }: Buffer) => (printed += length));
      await eventually('some output', () => printed > 0);
      group.freeze();
      await eventually('it to be frozen', () => isFrozen(place, '0'));
      group.thaw();
      const before = printed;
      await eventually('more output', () => printed > before + 10);
    });

    it('is removed when it is empty', async () => {
      const group = open('0');
      const { child, ended } = startIn(group, 'sleep', '1000');
      await eventually('it in the group', () => group.pids().length > 0);
      child.kill('SIGKILL');
      await ended;
      await eventually('an empty group', () => group.pids().length === 0);
      group.remove();
      for (const folder of folders()) expect(existsSync(join(folder, '0'))).to.equal(false);
      // A group that is gone has nothing to freeze.
      group.freeze();
      group.thaw();
      expect(group.met()).to.deep.equal([]);
    });

    it('is ended with what is frozen in it', async () => {
      const group = open('0');
      const { pid } = startIn(group, 'sleep', '1000');
      await eventually('it in the group', () => group.pids().includes(pid));
      group.freeze();
      await eventually('it to be frozen', () => isFrozen(place, '0'));
      await endGroups(id);
      await eventually('its end', () => !isAlive(pid));
    });
  });
}

function isFrozen(place: GroupPlace | undefined, name: string): boolean {
  const folder = join(place?.folders.get('freezer') ?? '', `pblab-${id}`, name);
  return place?.version === 1
    ? readFileSync(join(folder, 'freezer.state'), 'utf8') === 'FROZEN\n'
    : /^frozen 1$/m.test(readFileSync(join(folder, 'cgroup.events'), 'utf8'));
}

describe('a control group of version 2, as files', () => {
  const root = useTemporaryDirectory();
  const read = (...names: string[]) => readFileSync(join(root(), ...names), 'utf8');
  const place = (): GroupPlace => ({
    version: 2,
    folders: new Map((['memory', 'pids', 'freezer'] as const).map((each) => [each, root()])),
  });
  const open = () => openGroup(place(), { session: id, name: '0', limits: LIMITS });

  it('has its controllers handed down, and its limits', () => {
    mkdirSync(join(root(), `pblab-${id}`, '0'), { recursive: true });
    writeFileSync(join(root(), `pblab-${id}`, '0', 'memory.swap.max'), 'max');
    open();
    expect(read('cgroup.subtree_control')).to.match(/^\+(?:memory|pids)$/);
    expect(read(`pblab-${id}`, 'cgroup.subtree_control')).to.match(/^\+(?:memory|pids)$/);
    expect(read(`pblab-${id}`, '0', 'memory.max')).to.equal(String(LIMITS.memoryBytes));
    expect(read(`pblab-${id}`, '0', 'memory.swap.max')).to.equal('0');
    expect(read(`pblab-${id}`, '0', 'pids.max')).to.equal('50');
  });

  it('tells which limits were met', () => {
    const group = open();
    const put = (file: string, text: string) =>
      writeFileSync(join(root(), `pblab-${id}`, '0', file), text);
    put('memory.events', 'low 0\nhigh 0\nmax 7\noom 0\noom_kill 0\noom_group_kill 0\n');
    put('pids.events', 'max 0\n');
    expect(group.met()).to.deep.equal([]);
    put('memory.events', 'low 0\nhigh 0\nmax 7\noom 1\noom_kill 1\noom_group_kill 0\n');
    put('pids.events', 'max 3\n');
    expect(group.met()).to.deep.equal(['memory', 'pids']);
  });

  it('is entered by the program itself, which is not started if that fails', async () => {
    const { entrance } = open();
    const [command, ...words] = [...entrance, 'echo', 'started'];
    const enter = async () => {
      const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
      await once(child, 'close');
      return text;
    };
    expect(await enter()).to.equal('started\n');
    expect(read(`pblab-${id}`, '0', 'cgroup.procs')).to.equal('0\n');
    removeGroups(place(), id);
    const elsewhere = entrance.map((word) => word.replace('cgroup.procs', 'nothing/cgroup.procs'));
    words.splice(0, words.length, ...elsewhere.slice(1), 'echo', 'started');
    expect(await enter()).to.equal('');
  });
});
