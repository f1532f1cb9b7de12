/**
 * Starts one program of a submission as a process of its own group, and holds the handles to it:
 * output, pause, resume, kill of the whole tree. It knows nothing of sockets or of the lab.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { Duplex, Transform, type Readable, type Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { getSystemErrorMap } from 'node:util';
import { askForStacks, findAnswerers, type Answerer } from './ask-for-stacks.js';
import { childEnvironment } from './environment.js';
import { unconfined, type Confinement, type Exit } from './confinement.js';
import type { Controller } from './control-groups.js';
import { withoutInherited } from './inherited-descriptors.js';
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
  /** How it is kept apart; not at all if absent. */
  confinement?: Confinement | undefined;
  /** The environment variable that gets the descriptor of a channel to the kit; without one if absent. */
  channelVariable?: string | undefined;
}

/** The first one behind the standard streams. */
const FIRST_DESCRIPTOR = 3;

/** How long the last words of a process may take to arrive; a child of it may hold its streams open. */
const LAST_WORDS_MS = 50;

/** How often it is looked whether all stacks have been printed, in ms. */
const STACKS_LOOK_MS = 10;

/** Who has begun to print its stacks and prints nothing for so long has printed all, in ms. */
const STACKS_PAUSE_MS = 60;

/** Where the processes of a program are asked one program after the other, one list of them does, in ms. */
const STACKS_LIST_AGE_MS = 20;

export type { Exit } from './confinement.js';

/**
 * Asks a program what its threads are doing: the words of its runtime, or undefined if it prints nothing within
 * `limitMs`. It may end by that, and what it prints from now on is not in its output.
 */
export type AskForStacks = (limitMs: number) => Promise<string | undefined>;

export interface Program {
  /** Pid of its first process; undefined until it is known. */
  readonly pid: number | undefined;
  /** Pids of the processes that may listen for it, the likeliest first. */
  listeners(): Iterable<number>;
  /** Pids of all its processes; a list that is at most `maxAgeMs` old is used again. */
  pids(maxAgeMs: number): number[];
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
  /** Only with `channelVariable`. */
  readonly channel: Duplex | undefined;
  /** The limits on resources that it has met, while it lived or at its end. */
  limitsMet(): Controller[];
  /** Finds out how to ask it for its stacks, which takes ms; the question itself is asked later. */
  prepareStacks(): AskForStacks;
  pause(): void;
  resume(): void;
  /** Kills the group at once, then whatever has escaped from it; resolves when nothing is left. */
  kill(): Promise<void>;
}

/** Starts a program. A program that cannot be started is one that has exited with `not-started`. */
export function startProgram(options: ProgramOptions): Program {
  const { folders = [], confinement = unconfined(options.argv, options.mark) } = options;
  const child = confinement.within(() => spawnIn(confinement, options));
  confinement.started(child);
  const firstExit = exitOf(child, options.argv[0] ?? '');
  // Writing to a program that has just died is not an error of ours, and neither is reading from it.
  child.stdin?.on('error', () => {});
  child.stdout?.on('error', () => {});
  const captured = options.conversation ? [child.stderr] : [child.stdout, child.stderr];
  const output = captureOutput(
    captured.filter((stream) => stream !== null),
    options,
  );
  const channel =
    options.channelVariable === undefined
      ? undefined
      : child.stdio[FIRST_DESCRIPTOR + confinement.descriptors.length];
  channel?.on('error', () => {});
  let limitsMet: Controller[] = [];
  const lastWords = () =>
    Promise.race([output.complete, pause(LAST_WORDS_MS, undefined, { ref: false })]);
  const exited = firstExit
    .then((exit) => confinement.meaningOf(exit, async () => (await lastWords(), output.text())))
    .then((exit) => withMessageRenamed(exit, folders));
  return {
    get pid() {
      return confinement.pid();
    },
    listeners: () => confinement.listeners(),
    pids: (maxAgeMs) => confinement.pids(maxAgeMs),
    mark: options.mark,
    output,
    exited,
    ended: exited.then(async (exit) => {
      await lastWords();
      return exit;
    }),
    stdin: child.stdin ?? undefined,
    stdout: options.conversation ? child.stdout?.pipe(renaming(folders)) : undefined,
    channel: channel instanceof Duplex ? channel : undefined,
    prepareStacks() {
      const answerers = findAnswerers(confinement.pids(STACKS_LIST_AGE_MS));
      return (limitMs) => printedStacks(output, { answerers, exited: firstExit, limitMs });
    },
    pause: () => confinement.pause(),
    resume: () => confinement.resume(),
    limitsMet: () => (limitsMet = [...new Set([...limitsMet, ...confinement.limitsMet()])]),
    async kill() {
      limitsMet = confinement.limitsMet();
      confinement.kill();
      await firstExit;
      await confinement.gone();
      child.stdin?.destroy();
      child.stdout?.destroy();
      child.stderr?.destroy();
      channel?.destroy();
    },
  };
}

async function printedStacks(
  output: CapturedOutput,
  asked: { answerers: readonly Answerer[]; exited: Promise<Exit>; limitMs: number },
): Promise<string | undefined> {
  const { answerers, exited, limitMs } = asked;
  // The signals are sent before this gives way, so that all programs of a run are asked at once.
  const printed = output.divert();
  if (!askForStacks(answerers)) return undefined;
  const giveUpMs = performance.now() + limitMs;
  let hasEnded = false;
  void exited.then(() => (hasEnded = true));
  let latest = { bytes: 0, atMs: 0 };
  for (;;) {
    await pause(STACKS_LOOK_MS);
    const nowMs = performance.now();
    if (printed.bytes !== latest.bytes) latest = { bytes: printed.bytes, atMs: nowMs };
    const isSilent = latest.bytes > 0 && nowMs - latest.atMs >= STACKS_PAUSE_MS;
    if (hasEnded || isSilent || nowMs >= giveUpMs) break;
  }
  if (hasEnded)
    await Promise.race([output.complete, pause(LAST_WORDS_MS, undefined, { ref: false })]);
  return printed.bytes === 0 ? undefined : printed.text();
}

function spawnIn(
  { argv, descriptors }: Confinement,
  { mark, environment, directory, conversation, channelVariable }: ProgramOptions,
): ChildProcess {
  const [command = '', ...args] = argv;
  const channel = channelVariable === undefined ? [] : ['pipe' as const];
  const ofChannel =
    channelVariable === undefined
      ? {}
      : { [channelVariable]: String(FIRST_DESCRIPTOR + descriptors.length) };
  return spawn(command, args, {
    cwd: directory,
    env: childEnvironment(mark, { ...environment, ...ofChannel }),
    // A session of its own: a terminal's Ctrl-C must not reach it before the kit has decided.
    detached: true,
    stdio: [
      conversation ? 'pipe' : 'ignore',
      'pipe',
      'pipe',
      ...withoutInherited([...descriptors, ...channel]),
    ],
  });
}

function exitOf(child: ChildProcess, command: string): Promise<Exit> {
  return new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      resolve({ kind: 'not-started', message: `${command}: ${inWords(error)}` });
    });
    child.once('exit', (code, signalName) =>
      resolve(
        code === null
          ? { kind: 'signal', signal: signalName ?? 'unknown' }
          : { kind: 'code', code },
      ),
    );
  });
}

function withMessageRenamed(exit: Exit, folders: readonly ShownFolder[]): Exit {
  return exit.kind === 'not-started'
    ? { ...exit, message: withFoldersRenamed(exit.message, folders) }
    : exit;
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
    case 'not-confined':
      return `could not be started in its box: ${exit.message}`;
  }
}
