/**
 * How a program is started, found, frozen and ended. Without isolation it is a process group whose members carry a
 * mark; harness/box has ways that a program cannot leave.
 */

import type { ChildProcess } from 'node:child_process';
import type { Controller } from './control-groups.js';
import { groupAndMarked } from './listening.js';
import { killMarked, signal } from './marker.js';
import { processTree } from './tree.js';

/** How a process ended. */
export type Exit =
  | { kind: 'code'; code: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'not-started'; message: string }
  /** The kit could not start it as it should have; the program has nothing to do with that. */
  | { kind: 'not-confined'; message: string };

export interface Confinement {
  /** The program to execute, and its arguments. */
  readonly argv: readonly string[];
  /** Descriptors from 3 on: open ones of the kit, or pipes to the kit. */
  readonly descriptors: readonly (number | 'pipe' | 'ignore')[];
  /** Calls `spawn`, which starts the process, where the process belongs. */
  within(spawn: () => ChildProcess): ChildProcess;
  /** Takes charge of the process; once, right after its start. */
  started(child: ChildProcess): void;
  /** Pid of the program's first process, as far as it is known. */
  pid(): number | undefined;
  /** Pids of the processes that may listen for it, the likeliest first. */
  listeners(): Iterable<number>;
  /** Pids of all its processes; a list that is at most `maxAgeMs` old is used again. */
  pids(maxAgeMs: number): number[];
  pause(): void;
  resume(): void;
  /** Kills all processes, as far as they can be reached at once. */
  kill(): void;
  /** Resolves when none of them is left; after `kill`, when its first process is gone. */
  gone(): Promise<void>;
  /** The limits on resources that it has met; to be asked before `gone`. */
  limitsMet(): Controller[];
  /** What an exit means; `printed` gives its last output. */
  meaningOf(exit: Exit, printed: () => Promise<string>): Promise<Exit>;
}

/** For programs of the kit, and where there is no isolation. */
export function unconfined(argv: readonly string[], mark: string): Confinement {
  let pid: number | undefined;
  const signalGroup = (name: NodeJS.Signals) => {
    if (pid !== undefined) signal(-pid, name);
  };
  return {
    argv,
    descriptors: [],
    within: (spawn) => spawn(),
    started: (child) => void (pid = child.pid),
    pid: () => pid,
    listeners: () => (pid === undefined ? [] : groupAndMarked(pid, mark)),
    pids: (maxAgeMs) => (pid === undefined ? [] : processTree(pid, maxAgeMs)),
    pause: () => signalGroup('SIGSTOP'),
    resume: () => signalGroup('SIGCONT'),
    kill: () => signalGroup('SIGKILL'),
    gone: async () => void (await killMarked(mark)),
    limitsMet: () => [],
    meaningOf: async (exit) => exit,
  };
}
