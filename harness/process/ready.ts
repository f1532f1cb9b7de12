/**
 * Readiness: a process is ready when it listens on its own socket. The kit finds that out without a
 * connection; only where there is no /proc, or it does not show what the process holds, does it make one, and
 * closes it.
 */

import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { listensAt } from './listening.js';
import type { Program } from './spawn.js';

const POLL_MS = 4;

/** A look may cost more than usual, as among thousands of sockets; the pause after it is so many times as long. */
const PAUSE_PER_LOOK = 4;

const HAS_PROC = existsSync('/proc/net/unix');

export type Readiness = 'ready' | 'ended' | 'late';

/** Waits until the program listens on `path`, has ended, or `deadlineMs` have passed. */
export async function waitUntilListening(
  path: string,
  { pid, mark, exited }: Pick<Program, 'pid' | 'mark' | 'exited'>,
  deadlineMs: number,
): Promise<Readiness> {
  const end = exited.then(() => 'ended' as const);
  const giveUpMs = performance.now() + deadlineMs;
  const listens = () => {
    if (!HAS_PROC) return accepts(path);
    return pid !== undefined && (listensAt(path, pid, mark) ?? accepts(path));
  };
  for (;;) {
    const lookedMs = performance.now();
    // Until its file is there, nothing else is looked at.
    if (isSocket(path) && (await listens())) return 'ready';
    const nowMs = performance.now();
    if (nowMs > giveUpMs) return 'late';
    const pauseMs = Math.max(POLL_MS, PAUSE_PER_LOOK * (nowMs - lookedMs));
    const pause = new Promise<'again'>((resolve) => setTimeout(resolve, pauseMs, 'again'));
    if ((await Promise.race([end, pause])) === 'ended') return 'ended';
  }
}

function isSocket(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isSocket() === true;
  } catch {
    return false;
  }
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
