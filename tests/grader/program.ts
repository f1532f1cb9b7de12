/** Starts the tiny programs of `programs/` and makes sure that none outlives its test. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Program {
  pid: number;
  /** The next line of its standard output, or `undefined` when there is none left. */
  line(): Promise<string | undefined>;
  /** Every further line of its standard output. */
  rest(): Promise<string[]>;
  /** Ends its standard input, the sign to finish, and waits for its end. */
  finish(): Promise<void>;
  /** SIGKILL, and waits for its end. */
  kill(): Promise<void>;
}

/** The path of a compiled program. */
export function programPath(name: string): string {
  return join(import.meta.dirname, 'programs', `${name}.js`);
}

/** Runs the program while the work lasts; what is still running then is killed. */
export async function withProgram(
  name: string,
  args: readonly string[],
  work: (program: Program) => Promise<void>,
): Promise<void> {
  const program = startProgram(name, args);
  try {
    await work(program);
  } finally {
    await program.kill();
  }
}

function startProgram(name: string, args: readonly string[]): Program {
  const child = spawn(process.execPath, [programPath(name), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const next = await lines.next();
    return next.done === true ? undefined : next.value;
  };
  const end = async (stop: () => void) => {
    if (child.exitCode === null && child.signalCode === null) stop();
    await exited;
  };
  return {
    // A child that could not be spawned fails its test at `exited`, which then rejects.
    pid: child.pid ?? NaN,
    line,
    async rest() {
      const all: string[] = [];
      for (let next = await line(); next !== undefined; next = await line()) all.push(next);
      return all;
    },
    finish: () => end(() => child.stdin.end()),
    kill: () => end(() => child.kill('SIGKILL')),
  };
}
