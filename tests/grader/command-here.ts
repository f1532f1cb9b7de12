/**
 * Runs a command of `pblab` in the process of the test, which spares the start of another. It gets a directory, an
 * environment and an output of its own, and what it leaves in the process is taken back; there can be one at a time.
 */

import { Writable } from 'node:stream';
import { runCommandLine } from '../../grader/commands/command-line.js';
import { ISOLATION_LEVELS } from '../../harness/box/isolation.js';
import { findIsolation } from '../../harness/box/probe.js';
import { currentIsolation, useIsolation, type IsolationLevel } from '../../harness/index.js';

/** What a command asks to be told of signals would stay behind, and each would wait for its own. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const found = new Map<string, ReturnType<typeof findIsolation>>();

let isAtWork = false;

export async function commandHere(
  folder: string,
  env: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  if (isAtWork) throw new Error('another command is at work in this process');
  isAtWork = true;
  try {
    const output = { stdout: captured(), stderr: captured() };
    const leave = await enter(folder, env, output);
    try {
      const code = await runCommandLine(words);
      return { code, stdout: output.stdout.text(), stderr: output.stderr.text() };
    } finally {
      leave();
    }
  } finally {
    isAtWork = false;
  }
}

interface Output {
  stdout: Writable;
  stderr: Writable;
}

/** Makes the process that of a command; gives how to make it that of the tests again. */
async function enter(
  folder: string,
  env: NodeJS.ProcessEnv,
  { stdout, stderr }: Output,
): Promise<() => void> {
  const isolation = await currentIsolation();
  useIsolation(await isolationOf(env));
  const before = { env: process.env, cwd: process.cwd(), exitCode: process.exitCode };
  const atExit = process.listeners('exit');
  const atSignal = SIGNALS.map((name) => ({ name, before: process.listeners(name) }));
  const streams = (['stdout', 'stderr'] as const).map((name) => ({
    name,
    property: Object.getOwnPropertyDescriptor(process, name) ?? {},
  }));
  process.env = { ...env };
  process.chdir(folder);
  process.exitCode = undefined;
  Object.defineProperty(process, 'stdout', { value: stdout, configurable: true });
  Object.defineProperty(process, 'stderr', { value: stderr, configurable: true });
  return () => {
    for (const { name, property } of streams) Object.defineProperty(process, name, property);
    for (const { name, before: known } of atSignal) forgetOthers(name, known);
    endOthers(atExit);
    process.env = before.env;
    process.chdir(before.cwd);
    process.exitCode = before.exitCode;
    useIsolation(isolation);
  };
}

function forgetOthers(name: (typeof SIGNALS)[number], known: readonly unknown[]): void {
  for (const listener of process.listeners(name)) {
    if (!known.includes(listener)) process.removeListener(name, listener);
  }
}

/** Tells those who wait for the end of the command's process, such as its locks. */
function endOthers(known: readonly unknown[]): void {
  for (const listener of process.listeners('exit')) {
    if (known.includes(listener)) continue;
    process.removeListener('exit', listener);
    listener(0);
  }
}

/** What a command finds that starts in this environment. */
function isolationOf({ PBLAB_ISOLATION: wanted = '' }: NodeJS.ProcessEnv) {
  const known = found.get(wanted) ?? findIsolation(levelOf(wanted));
  found.set(wanted, known);
  return known;
}

function levelOf(wanted: string): IsolationLevel | undefined {
  return ISOLATION_LEVELS.find((level) => level === wanted);
}

/** Like a pipe, of which all is read. */
function captured(): Writable & { text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    decodeStrings: true,
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString() });
}
