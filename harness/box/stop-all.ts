/** Stops all processes of a program where there is no freezer. */

import { signal } from '../process/marker.js';

/** Rounds in which processes are stopped until there are no new ones. */
const ROUNDS = 20;

/** Stops one process after the other, until none has started another meanwhile. */
export function stopAll(pids: () => readonly number[]): void {
  const stopped = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const running = pids().filter((pid) => !stopped.has(pid));
    if (running.length === 0) break;
    for (const pid of running) {
      stopped.add(pid);
      signal(pid, 'SIGSTOP');
    }
  }
}
