/**
 * Starts one program of a submission as a process of its own group, and holds the handles to it:
 * output, pause, resume, kill of the whole tree. It knows nothing of sockets or of the lab.
 */

import { spawn } from 'node:child_process';
import { Transform, type Readable, type Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { getSystemErrorMap } from 'node:util';
import { childEnvironment } from './environment.js';
import { killMarked, signal } from './marker.js';
import { captureOutput, type CapturedOutput, type CaptureOptions } from './captured-output.js';
import { renameFolders, withFoldersRenamed, type ShownFolder } from './shown-folders.js';

export interface ProgramOptions extends CaptureOptions {
  /** The program and its arguments. */
  argv: readonly string[];
  /** Working directory, absolute. */
  directory: string;
  /** Unique mark of this process and of all it will start. */
  mark: string;
  environment: Record<string, string>;
  /** Whether stdin and stdout are left to the caller, to speak with the program. */
  conversation: boolean;
}

/** How long the last words of a process may take to arrive; a child of it may hold its streams open. */
const LAST_WORDS_MS = 50;

/** How a process ended. */
export type Exit =
  | { kind: 'code'; code: number }
  | { kind: 'signal'; signal: string }
  | { kind: 'not-started'; message: string };

export interface Program {
  readonly pid: number | undefined;
  /** The mark by which it and all its descendants are found. */
  readonly mark: string;
  readonly output: CapturedOutput;
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /** The same a moment later, when its last output has been read. */
  readonly ended: Promise<Exit>;
  /** Only with `conversation`. */
  readonly stdin: Writable | undefined;
  readonly stdout: Readable | undefined;
  pause(): void;
  resume(): void;
  /** Kills the group at once, then whatever has escaped from it; resolves when nothing is left. */
  kill(): Promise<void>;
}

/** Starts a program. A program that cannot be started is one that has exited with `not-started`. */
export function startProgram(options: ProgramOptions): Program {
  const { folders = [] } = options;
  const [command = '', ...args] = options.argv;
  const child = spawn(command, args, {
    cwd: options.directory,
    env: childEnvironment(options.mark, options.environment),
    // A session of its own: a terminal's Ctrl-C must not reach it before the kit has decided.
    detached: true,
    stdio: [options.conversation ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      const message = `${command}: ${inWords(error)}`;
      resolve({ kind: 'not-started', message: withFoldersRenamed(message, folders) });
    });
    child.once('exit', (code, signalName) =>
      resolve(
        code === null
          ? { kind: 'signal', signal: signalName ?? 'unknown' }
          : { kind: 'code', code },
      ),
    );
  });
  // Writing to a program that has just died is not an error of ours, and neither is reading from it.
  child.stdin?.on('error', () => {});
  child.stdout?.on('error', () => {});
  const captured = options.conversation ? [child.stderr] : [child.stdout, child.stderr];
  const output = captureOutput(
    captured.filter((stream) => stream !== null),
    options,
  );
  const stdout = options.conversation ? child.stdout?.pipe(renaming(folders)) : undefined;
  const signalGroup = (name: NodeJS.Signals) => {
    if (child.pid !== undefined) signal(-child.pid, name);
  };
  return {
    pid: child.pid,
    mark: options.mark,
    output,
    exited,
    ended: exited.then(async (exit) => {
      await Promise.race([output.complete, pause(LAST_WORDS_MS, undefined, { ref: false })]);
      return exit;
    }),
    stdin: child.stdin ?? undefined,
    stdout,
    pause: () => signalGroup('SIGSTOP'),
    resume: () => signalGroup('SIGCONT'),
    async kill() {
      signalGroup('SIGKILL');
      await exited;
      await killMarked(options.mark);
      child.stdin?.destroy();
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

/** Messages may name folders too, as in the text of an error. */
function renaming(folders: readonly ShownFolder[]): Transform {
  const renamer = renameFolders(folders);
  return new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, renamer.take(chunk));
    },
    flush(done) {
      done(null, renamer.rest());
    },
  });
}

/** The system's words for an error, without its code and the name of a system call. */
function inWords({ errno, message }: NodeJS.ErrnoException): string {
  return getSystemErrorMap().get(errno ?? 0)?.[1] ?? message;
}

/** An exit in words, such as `exit code 1` or `signal SIGSEGV`. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case 'code':
      return `exit code ${exit.code}`;
    case 'signal':
      return `signal ${exit.signal}`;
    case 'not-started':
      return `could not be started: ${exit.message}`;
  }
}
