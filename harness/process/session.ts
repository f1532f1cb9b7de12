/**
 * A session owns everything that the kit leaves on the machine while it works: one temporary
 * directory and the mark of all processes. A guardian, a tiny process of its own, holds the other end
 * of a pipe; when that pipe closes, be it by `close()`, by Ctrl-C or by the death of the kit, it kills
 * what carries the mark and removes the directory. So a crash cleans up by the same path as success.
 */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegularText } from '../ground/read-regular-file.js';
import { endGroups } from './control-groups.js';
import { inspectProcess } from './identity.js';
import { killMarked } from './marker.js';
import { noInspectorOptions } from './no-inspector-options.js';
import { takeOwnerLock, testOwnerLock } from './owner-lock.js';
import { removeTree } from './remove-tree.js';

const PREFIX = 'pblab-';
const OWNER_FILE = 'owner';

/** How long the guardian may take; one that a submission has stopped would take for ever. */
const GUARDIAN_MS = 10_000;

/** Longest path of a Unix socket on Linux is 107 bytes; this much must remain below the session. */
const SOCKET_ROOM_BYTES = 60;

export interface Session {
  /** Names it among all sessions of the machine; 8 hexadecimal digits. */
  readonly id: string;
  /** Prefix of the marks of all processes of this session. */
  readonly mark: string;
  /** Absolute path of the session's directory. */
  readonly directory: string;
  /** Ends the session: resolves when no process and no file of it is left. */
  close(): Promise<void>;
}

/**
 * Opens a session with its directory below `base`, after removing what sessions there that died with
 * their guardian have left behind.
 */
export async function openSession(base = shortTemporaryDirectory()): Promise<Session> {
  await sweepDeadSessions(base);
  const id = randomBytes(4).toString('hex');
  const directory = join(base, `${PREFIX}${id}`);
  mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(directory, OWNER_FILE), `${describeOwner()}\n`);
  const lock = await takeOwnerLock(directory);
  const mark = `${id}/`;
  const guardian = spawn(
    process.execPath,
    [...noInspectorOptions(), join(import.meta.dirname, 'guardian.js'), mark, directory],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: {}, cwd: '/' },
  );
  const guardianGone = new Promise<void>((resolve) => {
    guardian.once('exit', () => resolve());
    guardian.once('error', () => resolve());
  });
  guardian.unref();
  guardian.stdin.on('error', () => {});
  return {
    id,
    mark,
    directory,
    async close() {
      guardian.ref();
      guardian.stdin.destroy();
      const timer = setTimeout(() => guardian.kill('SIGKILL'), GUARDIAN_MS);
      await guardianGone;
      clearTimeout(timer);
      lock.release();
      // A guardian that was killed has left its work to us.
      await cleanUp(mark, directory);
    },
  };
}

/** Kills every process in the control groups of the session and every one with its mark, then removes its directory. */
export async function cleanUp(mark: string, directory: string): Promise<void> {
  await endGroups(mark.split('/')[0] ?? '');
  await killMarked(mark);
  await removeTree(directory);
}

async function sweepDeadSessions(base: string): Promise<void> {
  const names = readdirSync(base).filter((name) => /^pblab-[0-9a-f]{8}$/.test(name));
  for (const name of names) {
    const directory = join(base, name);
    if (!(await mayBeOwned(directory))) await cleanUp(`${name.slice(PREFIX.length)}/`, directory);
  }
}

/**
 * The lock tells. Where it is missing, the owner is looked up by its pid, which means another process in another namespace of pids.
 * A directory without an owner yet is left alone for a minute: it may be just being made.
 */
async function mayBeOwned(directory: string): Promise<boolean> {
  const lock = await testOwnerLock(directory);
  if (lock !== 'absent') return lock === 'held';
  try {
    const owner = readRegularText(join(directory, OWNER_FILE)).trim();
    const [pid = '', startTicks, namespace = pidNamespace()] = owner.split(' ');
    if (namespace !== pidNamespace()) return true;
    if (pid !== '') return isAlive(Number(pid), startTicks);
  } catch {
    // Fall through to the age of the directory.
  }
  try {
    const { mtimeMs, uid } = statSync(directory);
    return Date.now() - mtimeMs < 60_000 || uid !== process.getuid?.();
  } catch {
    return true;
  }
}

/** Pid, start and namespace of pids of this process, as far as the system tells. */
function describeOwner(): string {
  return `${process.pid} ${startTicksOf(process.pid) ?? ''} ${pidNamespace()}`.trimEnd();
}

/** Such as `pid:[4026531836]`; empty where the system does not tell. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function startTicksOf(pid: number): string | undefined {
  const state = inspectProcess(pid);
  return state.kind === 'running' ? state.startTicks : undefined;
}

/** A process of the same pid that started at another time is another process. */
function isAlive(pid: number, startTicks: string | undefined): boolean {
  const state = inspectProcess(pid);
  return state.kind === 'running' && (state.startTicks ?? '') === (startTicks ?? '');
}

function shortTemporaryDirectory(): string {
  const preferred = tmpdir();
  return Buffer.byteLength(preferred) + SOCKET_ROOM_BYTES <= 107 ? preferred : '/tmp';
}
