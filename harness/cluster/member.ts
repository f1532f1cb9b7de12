/**
 * One process of a cluster in a directory of its own, in which every peer's name is a relay and its
 * own name is its listener. It tells what becomes of the process; it knows no roles.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clearPath } from '../ground/clear-path.js';
import type { ProcessEvent } from '../history/timeline.js';
import type { Arrival } from '../process/arrivals.js';
import type { SymptomId } from '../lab/symptoms.js';
import { waitUntilListening } from '../process/ready.js';
import { NO_RESOURCES, resourcesOf, type ResourceUse } from '../process/resources.js';
import type { ShownFolder } from '../process/shown-folders.js';
import { describeExit, startProgram, type Exit, type Program } from '../process/spawn.js';
import { cpuMsOf, meterStarts } from '../process/usage.js';
import { describeLastWords } from '../printed/ending.js';
import type { OutputWatch } from '../printed/output-watch.js';
import { recordSymptoms, type Ending, type ProcessSymptoms } from '../printed/process-symptoms.js';
import { breach, type Breach } from './contract-broken.js';
import type { Streams } from './clerk-lines.js';

/** How long a process may take to listen unless the run says otherwise, in ms. */
export const READY_DEADLINE_MS = 20_000;

/** Stands in the log between two incarnations. */
const RESTARTED = '\n[... restarted ...]\n';

export interface MemberOptions {
  name: string;
  argv: readonly string[];
  directory: string;
  /** Mark of the run; the member adds its own part. */
  mark: string;
  environment: Record<string, string>;
  /** Folders that are called something else in all that is told of it. */
  folders: readonly ShownFolder[];
  /** A clerk is spoken to through its standard streams, and does not listen. */
  conversation: boolean;
  /** How long it may take to listen, in ms. */
  readyDeadlineMs: number;
  /** ms since the start of the run. */
  now: () => number;
  onEvent: (kind: ProcessEvent['kind'], process: string, detail?: string) => void;
  onBreach: (breach: Breach) => void;
}

export interface Member {
  readonly name: string;
  /** The path on which it listens. */
  readonly socketPath: string;
  readonly pid: number | undefined;
  start(): void;
  /** Starts a clerk, and gives the streams to speak with it. */
  startTalking(): Streams;
  /**
   * Waits until it listens: true then, false if it was killed meanwhile. A process that ends by itself
   * or is late is a breach.
   */
  ready(): Promise<boolean>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Processor time of all its incarnations, in ms. */
  cpuMs(): number;
  /** The same without what each of them took to start. */
  workCpuMs(): number;
  /** What its present incarnation holds. */
  resources(): ResourceUse;
  /** What it has printed, incarnation by incarnation. */
  log(): string;
  /** When the parts of that have come. */
  arrivals(): Arrival[];
  /** The same, read for connection errors, data races and crashes. */
  symptoms(): ProcessSymptoms;
}

/** The end of a process that nobody has killed. */
interface OwnEnd extends Ending {
  exit: Exit;
}

export function createMember(options: MemberOptions): Member {
  const { name, directory, readyDeadlineMs, onEvent, onBreach } = options;
  const socketPath = join(directory, name);
  const outputs: Program['output'][] = [];
  const symptoms = recordSymptoms(name, options.now);
  let program: Program | undefined;
  let ownEnd: Promise<OwnEnd> | undefined;
  let killed = false;
  let listened = options.conversation;
  let gone: Promise<void> = Promise.resolve();
  let spentCpuMs = 0;
  const starting = meterStarts(options.now);
  // A process that was there before may have put something in the place of a later one.
  clearPath(directory);
  mkdirSync(directory, { recursive: true });

  const fail = (symptom: SymptomId, says: string, exit?: string) => {
    const found = breach({
      rule: options.conversation ? 'kit-clerk' : 'kit-process',
      symptom,
      says,
      ...(exit === undefined ? {} : { exit }),
    });
    onBreach(found);
    return found;
  };
  const untilOwnEnd = (started: Program, output: OutputWatch): Promise<OwnEnd> =>
    new Promise((resolve) => {
      void started.exited.then(async (exit) => {
        if (killed || program !== started) return;
        onEvent('exited', name, describeExit(exit));
        // What it said of its end may still be on its way.
        await started.ended;
        resolve({ exit, ...symptoms.ended(output, exit, started.output.text()) });
      });
    });
  const start = (): Program => {
    if (program !== undefined && !killed) throw new Error(`${name} is started while it runs`);
    killed = false;
    listened = options.conversation;
    // What an earlier incarnation left behind must not be taken for this one's listener.
    clearPath(socketPath);
    const watch = symptoms.watch();
    const started = startProgram({
      argv: options.argv,
      directory,
      mark: `${options.mark}${name}#${outputs.length}/`,
      environment: options.environment,
      folders: options.folders,
      conversation: options.conversation,
      onFlood: () => fail('output-flood', `${name} printed without end and was stopped`),
      onPrinted: watch.printed,
      now: options.now,
    });
    program = started;
    starting.begin();
    outputs.push(started.output);
    onEvent('started', name);
    ownEnd = untilOwnEnd(started, watch);
    void ownEnd.then(({ exit, ending, lastWords }) => {
      const how = exit.kind === 'not-started' ? '' : 'ended by itself with ';
      const says = `${name} ${how}${describeExit(exit)}${lastWords}`;
      // Nobody may have waited for it to listen; its socket is there all the same.
      if (listened || existsSync(socketPath)) fail('exited', says, ending);
      else fail('ended-before-listening', says, ending);
    });
    return started;
  };
  return {
    name,
    socketPath,
    get pid() {
      return killed ? undefined : program?.pid;
    },
    start,
    startTalking() {
      const { stdin, stdout } = start();
      if (stdin === undefined || stdout === undefined) throw new Error(`${name} does not talk`);
      return { stdin, stdout };
    },
    async ready() {
      if (program === undefined) throw new Error(`${name} was not started`);
      const readiness = await waitUntilListening(socketPath, program, readyDeadlineMs);
      listened ||= readiness === 'ready';
      if (readiness === 'ready' || killed) return !killed;
      if (readiness === 'late' || ownEnd === undefined) {
        throw fail(
          'never-listened',
          `${name} did not listen on its socket "${name}" within ${readyDeadlineMs / 1000} s${describeLastWords(program.output.text())}`,
        );
      }
      const { exit, ending, lastWords } = await ownEnd;
      throw fail(
        'ended-before-listening',
        `${name} ended with ${describeExit(exit)} before it listened${lastWords}`,
        ending,
      );
    },
    kill() {
      if (program === undefined || killed) return gone;
      killed = true;
      const cpuMs = cpuMsOf(program.pid);
      starting.note(cpuMs);
      spentCpuMs += cpuMs;
      gone = program.kill();
      onEvent('killed', name);
      return gone;
    },
    pause() {
      program?.pause();
      onEvent('paused', name);
    },
    resume() {
      program?.resume();
      onEvent('resumed', name);
    },
    cpuMs: () => spentCpuMs + (killed ? 0 : cpuMsOf(program?.pid)),
    workCpuMs() {
      const cpuMs = killed ? 0 : cpuMsOf(program?.pid);
      if (!killed) starting.note(cpuMs);
      return spentCpuMs + cpuMs - starting.cpuMs();
    },
    resources: () =>
      killed || program?.pid === undefined ? NO_RESOURCES : resourcesOf(program.pid),
    log: () => outputs.map((output) => output.text()).join(RESTARTED),
    arrivals() {
      let before = 0;
      return outputs.flatMap((output) => {
        const from = before;
        before += Buffer.byteLength(output.text()) + RESTARTED.length;
        return output.arrivals().map(([position, atMs]) => [from + position, atMs] as const);
      });
    },
    symptoms: symptoms.seen,
  };
}
