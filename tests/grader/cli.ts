/**
 * Runs the real `pblab` command in a place of its own: a folder to work in, with its own temporary
 * directory and build cache below it, so that whatever a command leaves behind can be told from
 * everything else on the machine.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { shareGoLibrary } from '../support/go.js';
import { commandHere } from './command-here.js';
import type { ScenarioTally } from '../../grader/tally/scenario-tally.js';

export const CLI = join(import.meta.dirname, '../../grader/cli.js');

/** What a test with several commands may take, on a machine that is slow and busy with others. */
export const PATIENCE_MS = 180_000;

const CLEAN_DEADLINE_MS = 60_000;
const WAIT_DEADLINE_MS = 60_000;
const POLL_MS = 10;

export interface Ending {
  /** The exit code, or the name of the signal that ended it. */
  code: number | string | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  child: ChildProcess;
  ended: Promise<Ending>;
}

export interface Workplace {
  /** The working directory of the commands. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** Runs `pblab` with these arguments to its end. */
  pblab(...args: string[]): Promise<Ending>;
  /** The same in the process of the test, for what does not need one of its own: it is much quicker. */
  here(...args: string[]): Promise<Ending>;
  /** Starts `pblab`, in a process group of its own. */
  start(...args: string[]): RunningCommand;
  /** Starts any program in the same place. */
  startProgram(
    program: string,
    args: readonly string[],
    options?: { cwd?: string },
  ): RunningCommand;
  /** Processes, as pids, and entries of the temporary directory that its commands have left so far. */
  leftovers(): string[];
  /** Resolves when no process and no temporary directory of its commands is left; fails otherwise. */
  untilClean(): Promise<void>;
  /** Makes a folder with a manifest of these commands, and gives its name. */
  submission(name: string, manifest: SubmissionFiles): string;
  read(path: string): string;
  exists(path: string): boolean;
}

interface SubmissionFiles {
  /** The program that is all of view service, server and clerk; a shell's command. */
  run?: string;
  build?: string;
  /** Further lines of the manifest. */
  more?: string;
  /** Further files by name. */
  files?: Record<string, string>;
}

/** Gives the work a place; fails if anything of its commands survives it. */
export async function atWorkplace(work: (place: Workplace) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pblab-cli-'));
  try {
    const place = openWorkplace(folder);
    await work(place);
    await place.untilClean();
  } finally {
    for (const pid of processesOf(folder)) signal(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function openWorkplace(folder: string): Workplace {
  const temporary = join(folder, 't');
  mkdirSync(temporary);
  shareGoLibrary(join(folder, 'cache'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TMPDIR: temporary,
    XDG_CACHE_HOME: join(folder, 'cache'),
    NO_COLOR: '1',
  };
  const startProgram: Workplace['startProgram'] = (program, args, { cwd = folder } = {}) => {
    const child = spawn(program, args, { cwd, env, detached: true });
    return { child, ended: endOf(child) };
  };
  const leftovers = () => [...processesOf(folder).map(String), ...readdirSync(temporary)];
  const start = (...args: string[]) => startProgram(process.execPath, [CLI, ...args]);
  return {
    folder,
    env,
    start,
    startProgram,
    pblab: (...args) => start(...args).ended,
    here: (...args) => commandHere(folder, env, args),
    leftovers,
    untilClean: () =>
      until(
        () => leftovers().length === 0,
        () => `left behind: ${leftovers().join(' ')}`,
        CLEAN_DEADLINE_MS,
      ),
    submission: (name, files) => writeSubmission(folder, name, files),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    exists: (path) => existsSync(join(folder, path)),
  };
}

async function endOf(child: ChildProcess): Promise<Ending> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<Ending['code']>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signalName) => resolve(exitCode ?? signalName));
  });
  const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString();
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

function writeSubmission(
  folder: string,
  name: string,
  { run = 'sh die.sh', build, more = '', files = {} }: SubmissionFiles,
): string {
  mkdirSync(join(folder, name), { recursive: true });
  const commands = ['view', 'server', 'clerk'].map((role) => `  ${role}: ${run}\n`).join('');
  const buildLine = build === undefined ? '' : `build: ${JSON.stringify(build)}\n`;
  const manifest = `preset: process\n${buildLine}run:\n${commands}${more}`;
  for (const [file, text] of Object.entries({ 'pblab.yaml': manifest, ...DIE, ...files })) {
    writeFileSync(join(folder, name, file), text);
  }
  return name;
}

/** What writes a program that starts, and then ends by itself: every run of it fails, and quickly, in each world. */
export const QUITS: SubmissionFiles = {
  run: 'node quit.mjs {self}',
  more: 'protocol: pblab/1\n',
  files: {
    'quit.mjs':
      'import { createServer } from "node:net";\ncreateServer().listen(process.argv[2], () => process.exit(3));\n',
  },
};

/** A program that ends at once: it never starts, and every run of it fails. */
const DIE = { 'die.sh': 'echo "I give up" >&2\nexit 3\n' };

/** Waits for a condition; `describe` tells what was there instead when the deadline has passed. */
export async function until(
  holds: () => boolean,
  describe: () => string,
  deadlineMs = WAIT_DEADLINE_MS,
): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(describe());
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Pids of the processes that belong to a folder: they have its path in their arguments or in their
 * environment, as every process does that was started with its TMPDIR.
 */
function processesOf(folder: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const mentions = (pid: string, file: string) => {
    try {
      return readFileSync(join('/proc', pid, file), 'latin1').includes(folder);
    } catch {
      return false;
    }
  };
  return pids.filter((pid) => mentions(pid, 'environ') || mentions(pid, 'cmdline')).map(Number);
}

/** Sends a signal; nothing happens if the process, or the group of a negative pid, is gone. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** The tally of a scenario in the results of a grading. */
export function tallyIn(place: Workplace, directory: string, submission: string): ScenarioTally {
  const results: Results = RESULTS.parse(JSON.parse(place.read(join(directory, 'results.json'))));
  const found = results.submissions.find(({ name }) => name === submission);
  const [tally] = found?.tallies ?? [];
  if (tally === undefined) throw new Error(`no tally of ${submission}`);
  return tally;
}

const RESULTS = z.object({
  submissions: z.array(z.object({ name: z.string(), tallies: z.array(z.custom<ScenarioTally>()) })),
});

type Results = z.infer<typeof RESULTS>;

/** How many lines the journal of a grading has by now. */
export function journalLines(place: Workplace, directory: string): number {
  const file = join(directory, 'journal.jsonl');
  return place.exists(file) ? place.read(file).split('\n').length - 1 : 0;
}

/**
 * Expects a tally of nothing but passes. A run that the machine has disturbed three times counts as
 * one: it says nothing, and a busy machine is no failure of the kit.
 */
export function expectPasses(tally: ScenarioTally, runs: number): void {
  expect(tally.failed, 'failed').to.equal(0);
  expect(tally.runs, 'runs').to.equal(runs);
  expect(tally.passed + disturbed(tally), 'passed').to.equal(runs);
}

/** Expects a tally of nothing but failures; for disturbed runs see `expectPasses`. */
export function expectFailures(tally: ScenarioTally, runs: number): void {
  expect(tally.passed, 'passed').to.equal(0);
  expect(tally.runs, 'runs').to.equal(runs);
  expect(tally.failed + disturbed(tally), 'failed').to.equal(runs);
}

/**
 * Skips the test when the machine was too busy to judge a run in three attempts: then the output of a
 * command says nothing about the kit either.
 */
export function skipIfDisturbed(test: Mocha.Context, { stdout }: Ending): void {
  if (/\(disturbed\b|cannot be judged: (The kit itself|A server waited)/.test(stdout)) test.skip();
}

function disturbed({ unknownCauses }: ScenarioTally): number {
  return unknownCauses.disturbed ?? 0;
}
