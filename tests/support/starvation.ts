/**
 * A program of several threads that can be starved: of all its processors one is left to it, and busy
 * loops have that one nearly for themselves, because the program is only let in where nobody else wants to run.
 */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldBackMs, standingOf } from '../../harness/process/waiting.js';
import { eventually } from './eventually.js';

const PROGRAM = join(import.meta.dirname, '../harness/process/programs/worker-thread.js');

/** With a single one, the program is let in several times a second. */
const LOOPS = 4;

export interface Starvable {
  readonly pid: number;
  /** Takes the processor from it; resolves when one of its threads has waited for so long, in ms. */
  starve(ms: number): Promise<void>;
  /** Ends it and what starves it. */
  end(): Promise<void>;
}

/** Starts the program; resolves when the thread that works is at work. */
export async function startStarvable(): Promise<Starvable> {
  const program = spawn(process.execPath, [PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(program.stdout, 'data');
  const pid = pidOf(program);
  let starved: Starved | undefined;
  return {
    pid,
    async starve(ms) {
      starved = starve(pid);
      const starving = standingOf(pid);
      await eventually('a long wait', () => heldBackMs(starving, standingOf(pid)) > ms);
    },
    async end() {
      await Promise.all([endAll([program]), starved?.end()]);
    },
  };
}

interface Starved {
  /** Ends what starves the process. */
  end(): Promise<void>;
}

/** Takes the processor from a process. */
export function starve(pid: number): Starved {
  const processor = firstProcessor();
  const loops = Array.from({ length: LOOPS }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  for (const target of [pid, ...loops.map(pidOf)]) {
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', processor, String(target)]);
  }
  execFileSync('chrt', ['--all-tasks', '--idle', '--pid', '0', String(pid)]);
  return { end: () => endAll(loops) };
}

async function endAll(children: readonly ChildProcess[]): Promise<void> {
  const gone = children.map((child) => once(child, 'exit'));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(gone);
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('it could not be started');
  return pid;
}

/** A processor that this process may use. */
function firstProcessor(): string {
  const status = readFileSync('/proc/self/status', 'latin1');
  return /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? '0';
}
