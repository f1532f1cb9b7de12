/** That nothing of a box is left, however the kit ends. */

import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, closeSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findIsolation } from '../../../harness/box/probe.js';
import { PYTHON } from '../../support/boxes.js';
import { eventually } from '../../support/eventually.js';
import { isAlive } from '../../support/survivors.js';
import { useTemporaryDirectory } from '../../support/temporary.js';

const OWNER = join(import.meta.dirname, 'programs/boxed-owner.js');

/** Leaves a daemon without environment, and says so. */
const DAEMON = `
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() > 0: os._exit(0)
    os.execve("/bin/sh", ["sh", "-c", "trap '' TERM; echo up; exec sleep 1000"], {})
time.sleep(1000)`;

const SAID = z.object({
  id: z.string(),
  directory: z.string(),
  pids: z.array(z.number()),
  printed: z.string(),
});

/** Folders of control groups whose name holds the id of a session. */
function groupsOf(id: string): string[] {
  const root = '/sys/fs/cgroup';
  if (!existsSync(root)) return [];
  const groups: string[] = [];
  const look = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      if (entry.name.includes(id)) groups.push(join(folder, entry.name));
      else look(join(folder, entry.name));
    }
  };
  look(root);
  return groups;
}

const mounts = () => readFileSync('/proc/mounts', 'utf8');

describe('a kit with a program in a box', function () {
  const temporary = useTemporaryDirectory();

  before(async function () {
    const { level, because } = await findIsolation();
    if (level === 'full') return;
    if (this.test?.parent) this.test.parent.title += ` (skipped: ${because})`;
    this.skip();
  });

  const start = async (what: string, argv: readonly string[], more: readonly number[] = []) => {
    const owner = spawn(process.execPath, [OWNER, what, ...argv], {
      env: { ...process.env, TMPDIR: temporary() },
      stdio: ['ignore', 'pipe', 'inherit', ...more],
    });
    const ended = once(owner, 'exit');
    if (owner.stdout === null) throw new Error('its output is not read');
    const [line] = await once(owner.stdout, 'data');
    return { owner, ended, ...SAID.parse(JSON.parse(String(line))) };
  };
  const expectNothingOf = async ({ id, directory, pids }: z.infer<typeof SAID>) => {
    await eventually('the end of all processes', () => !pids.some((pid) => isAlive(pid)));
    await eventually('the end of the session', () => !existsSync(directory));
    await eventually('the end of its control groups', () => groupsOf(id).length === 0);
    await eventually('the end of its mounts', () => !mounts().includes(id));
    // The guardian has a moment longer to live than what it removes.
    await eventually('an empty folder', () => readdirSync(temporary()).length === 0);
  };

  it('leaves nothing when it closes its session', async () => {
    const said = await start('close', [PYTHON, '-c', DAEMON]);
    expect(said.pids.length).to.be.above(1);
    await said.ended;
    await expectNothingOf(said);
  });

  for (const what of ['wait', 'pause'] as const) {
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const state = what === 'wait' ? 'runs' : 'is paused';
      it(`leaves nothing when it is ended by ${signal} while the program ${state}`, async () => {
        const said = await start(what, [PYTHON, '-c', DAEMON]);
        expect(said.pids.length).to.be.above(1);
        said.owner.kill(signal);
        await said.ended;
        await expectNothingOf(said);
      });
    }
  }

  it('passes on no descriptor that its caller has left open', async () => {
    const file = join(temporary(), 'grades.csv');
    writeFileSync(file, 'grades');
    const leaked = openSync(file, 'r');
    try {
      const said = await start('close', ['ls', '-l', '/proc/self/fd'], [leaked, leaked, leaked]);
      await said.ended;
      expect(said.printed).to.contain('/dev/null').and.not.contain('grades');
      expect(said.printed).to.not.contain('/filter');
    } finally {
      closeSync(leaked);
    }
  });
});
