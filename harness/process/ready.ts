/**
 * Readiness: a process is ready when it listens on its own socket. The kit finds that out without a
 * connection. It makes one, and closes it, only where there is no /proc, where that does not show what the process
 * holds, and where a socket has been there for seconds but no process is found that listens on it.
 */

import { existsSync, statSync } from 'node:fs';
import { dial } from './dial.js';
import { listensAt } from './listening.js';
import type { Program } from './spawn.js';

const POLL_MS = 4;

/** A look may cost more than usual, as among thousands of sockets; the pause after it is so many times as long. */
const PAUSE_PER_LOOK = 4;

/** For so long it is looked for who listens on a socket that is there, in ms; a daemon may have hidden well. */
const UNSEEN_MS = 3000;

const HAS_PROC = existsSync('/proc/net/unix');

export type Readiness = 'ready' | 'ended' | 'late';

/** Waits until the program listens on `path`, has ended, or `deadlineMs` have passed. */
export async function waitUntilListening(
  path: string,
  { listeners, exited }: Pick<Program, 'listeners' | 'exited'>,
  deadlineMs: number,
): Promise<Readiness> {
  const end = exited.then(() => 'ended' as const);
  const giveUpMs = performance.now() + deadlineMs;
  let thereMs = Infinity;
  const listens = (nowMs: number) => {
    if (!HAS_PROC) return accepts(path);
    const seen = listensAt(path, listeners()) ?? accepts(path);
    return seen === false && nowMs - thereMs > UNSEEN_MS ? accepts(path) : seen;
  };
  for (;;) {
    const lookedMs = performance.now();
    // Until its file is there, nothing else is looked at.
    const isThere = isSocket(path);
    thereMs = isThere ? Math.min(thereMs, lookedMs) : Infinity;
    if (isThere && (await listens(lookedMs))) return 'ready';
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
    const socket = dial(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
