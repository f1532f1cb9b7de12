/** Kills all processes of a program, also those that it starts meanwhile. */

import { setTimeout as pause } from 'node:timers/promises';
import { signal } from '../process/marker.js';

/** The kernel may take so many rounds to take down what was killed, with so many ms between two. */
const ROUNDS = 200;
const PAUSE_MS = 5;

/** Resolves when `pids` gives none any more, or after the last round. */
export async function killAll(pids: () => readonly number[]): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const left = pids();
    if (left.length === 0) return;
    for (const pid of left) signal(pid, 'SIGKILL');
    await pause(PAUSE_MS);
  }
}
