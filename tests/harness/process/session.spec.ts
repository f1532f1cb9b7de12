/** That a session leaves nothing behind, however it ends. */

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { takeOwnerLock } from '../../../harness/process/owner-lock.js';
import { cleanUp, openSession, type Session } from '../../../harness/process/session.js';
import { startProgram } from '../../../harness/process/spawn.js';
import { eventually } from '../../support/eventually.js';
import { isAlive, survivors } from '../../support/survivors.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const NOBODY = 65534;

const DOOMED_OWNER = join(import.meta.dirname, 'programs', 'doomed-owner.js');

/** Does something without the privilege of root, for whom no folder is unwritable; `tree` is given away for it. */
async function asNobody(tree: string, work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work();
  chownSync(tree, NOBODY, NOBODY);
  for (const path of readdirSync(tree, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(tree, path), NOBODY, NOBODY);
  }
  process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a session', () => {
  const base = useTemporaryDirectory();
  const temporary = process.env['TMPDIR'];

  // Sessions of others on this machine are none of these tests' business.
  beforeEach(() => (process.env['TMPDIR'] = base()));
  afterEach(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  });

  const startIn = (session: Session) =>
    startProgram({
      argv: ['sh', '-c', 'setsid sleep 1000 & sleep 1000'],
      directory: session.directory,
      mark: `${session.mark}0/`,
      environment: {},
      conversation: false,
      onFlood: () => {},
    });
  const guardianOf = ({ mark }: Session) =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .find((pid) => commandOf(pid).includes(`guardian.js\0${mark}`));

  it('kills its processes and removes its directory when it is closed', async () => {
    const session = await openSession();
    startIn(session);
    await eventually('both processes', () => survivors(session.mark).length >= 2);
    await session.close();
    expect(survivors(session.mark)).to.deep.equal([]);
    expect(existsSync(session.directory)).to.equal(false);
    expect(guardianOf(session)).to.equal(undefined);
  });

  it('removes folders that a program has made unwritable', async () => {
    const directory = join(base(), 'left');
    const sealed = join(directory, 'sealed/deep');
    mkdirSync(sealed, { recursive: true });
    writeFileSync(join(sealed, 'file'), '');
    await asNobody(base(), async () => {
      for (const folder of [sealed, join(directory, 'sealed')]) chmodSync(folder, 0o555);
      await cleanUp('nobodys-mark/', directory);
    });
    expect(existsSync(directory)).to.equal(false);
  });

  it('is cleaned up by its owner when the guardian was killed', async () => {
    const session = await openSession();
    startIn(session);
    let guardian: string | undefined;
    await eventually('the guardian', () => (guardian = guardianOf(session)) !== undefined);
    process.kill(Number(guardian), 'SIGKILL');
    await session.close();
    expect(survivors(session.mark)).to.deep.equal([]);
    expect(existsSync(session.directory)).to.equal(false);
  });

  it('is cleaned up by its guardian when the owner is killed', async () => {
    const owner = spawn(process.execPath, [DOOMED_OWNER], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = String((await once(owner.stdout, 'data'))[0]);
    const { mark, directory }: Session = JSON.parse(said);
    await eventually('its processes', () => survivors(mark).length >= 2);
    expect(existsSync(directory)).to.equal(true);
    owner.kill('SIGKILL');
    await eventually('the processes to be gone', () => survivors(mark).length === 0);
    await eventually('the directory to be gone', () => !existsSync(directory));
  });

  describe('that is opened', () => {
    const stale = () => join(base(), 'pblab-0a1b2c3d');
    const openAndClose = async () => (await openSession()).close();

    beforeEach(() => mkdirSync(stale()));

    it('sweeps what a session without owner or guardian has left', async () => {
      const dead = spawn('true');
      await once(dead, 'exit');
      writeFileSync(join(stale(), 'owner'), `${dead.pid} 12345\n`);
      const left = spawn('sleep', ['1000'], { env: { PBLAB_MARK: '0a1b2c3d/7/pb1#0/' } });
      await eventually('what is left', () => survivors('0a1b2c3d/').length === 1);
      await openAndClose();
      expect(existsSync(stale())).to.equal(false);
      expect(isAlive(left.pid ?? 0)).to.equal(false);
    });

    it('is not misled by another process with the same pid', async () => {
      writeFileSync(join(stale(), 'owner'), `${process.pid} 12345\n`);
      await openAndClose();
      expect(existsSync(stale())).to.equal(false);
    });

    it('leaves the session of a living owner alone', async () => {
      const stat = readFileSync('/proc/self/stat', 'utf8');
      const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      writeFileSync(join(stale(), 'owner'), `${process.pid} ${startTime}\n`);
      await openAndClose();
      expect(existsSync(stale())).to.equal(true);
    });

    it('leaves a directory alone whose lock is held, whatever pid its owner has', async () => {
      const dead = spawn('true');
      await once(dead, 'exit');
      writeFileSync(join(stale(), 'owner'), `${dead.pid} 12345\n`);
      const lock = await takeOwnerLock(stale());
      const longAgo = Date.now() / 1000 - 120;
      utimesSync(stale(), longAgo, longAgo);
      await openAndClose();
      expect(existsSync(stale())).to.equal(true);
      lock.release();
      await openAndClose();
      expect(existsSync(stale())).to.equal(false);
    });

    it('sweeps a directory whose lock is free, even if its owner seems to live', async () => {
      const stat = readFileSync('/proc/self/stat', 'utf8');
      const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      const holder = spawn(process.execPath, [
        '-e',
        `require('net').createServer().listen(${JSON.stringify(join(stale(), 'lock'))}, () => process.kill(process.pid, 'SIGKILL'))`,
      ]);
      await once(holder, 'exit');
      expect(existsSync(join(stale(), 'lock'))).to.equal(true);
      writeFileSync(join(stale(), 'owner'), `${process.pid} ${startTime}\n`);
      await openAndClose();
      expect(existsSync(stale())).to.equal(false);
    });

    it('leaves a directory alone whose owner is in another namespace of pids', async () => {
      writeFileSync(join(stale(), 'owner'), `${process.pid} 12345 pid:[1]\n`);
      await openAndClose();
      expect(existsSync(stale())).to.equal(true);
    });

    it('leaves a session of its own process alone', async () => {
      const other = await openSession();
      await openAndClose();
      expect(existsSync(other.directory)).to.equal(true);
      await other.close();
    });

    it('leaves a directory that is just being made alone, and sweeps it later', async () => {
      await openAndClose();
      expect(existsSync(stale())).to.equal(true);
      const longAgo = Date.now() / 1000 - 120;
      utimesSync(stale(), longAgo, longAgo);
      await openAndClose();
      expect(existsSync(stale())).to.equal(false);
    });

    it('leaves directories of other names alone', async () => {
      const other = join(base(), 'pblab-grader-x');
      mkdirSync(other);
      const longAgo = Date.now() / 1000 - 120;
      utimesSync(other, longAgo, longAgo);
      await openAndClose();
      expect(existsSync(other)).to.equal(true);
    });
  });
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
