/** Readiness: a process is ready when it accepts a connection on its own socket. */

import { existsSync } from 'node:fs';
import { connect } from 'node:net';

const POLL_MS = 4;

export type Readiness = 'ready' | 'ended' | 'late';

/** Waits until something accepts on `path`, `ended` resolves, or `deadlineMs` have passed. */
export async function waitUntilAccepting(
  path: string,
  ended: Promise<unknown>,
  deadlineMs: number,
): Promise<Readiness> {
  const end = ended.then(() => 'ended' as const);
  const giveUpMs = performance.now() + deadlineMs;
  for (;;) {
    if (existsSync(path) && (await accepts(path))) return 'ready';
    if (performance.now() > giveUpMs) return 'late';
    const pause = new Promise<'again'>((resolve) => setTimeout(resolve, POLL_MS, 'again'));
    if ((await Promise.race([end, pause])) === 'ended') return 'ended';
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
