/**
 * One process of a cluster in a directory of its own, in which every peer's name is a relay and its
 * own name is its listener. It reports the state of the process; it knows no roles.
 */

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clearPath } from '../ground/clear-path.js';
import type { ProcessEvent } from '../history/timeline.js';
import type { SymptomId } from '../lab/symptoms.js';
import type { Arrival } from '../process/arrivals.js';
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
  /** Folders that are shown under another name in all its output. */
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
  /** The same costs without those of the starts. */
  workCpuMs(): number;
  /** Resources that its present incarnation holds. */
  resources(): ResourceUse;
  /** Its output, incarnation by incarnation. */
  log(): string;
  /** When the parts of that have come. */
  arrivals(): Arrival[];
  /** Connection errors, data races and crashes in its output. */
  symptoms(): ProcessSymptoms;
}

/** The end of a process that the kit has not killed. */
interface OwnEnd extends Ending {
  exit: Exit;
}

export function createMember(options: MemberOptions): Member {
  return new ClusterMember(options);
}

class ClusterMember implements Member {
  readonly name: string;
  readonly socketPath: string;
  readonly #options: MemberOptions;
  readonly #outputs: Program['output'][] = [];
  readonly #symptoms: ReturnType<typeof recordSymptoms>;
  readonly #starting: ReturnType<typeof meterStarts>;
  #program: Program | undefined;
  #ownEnd: Promise<OwnEnd> | undefined;
  #killed = false;
  #listened: boolean;
  #gone: Promise<void> = Promise.resolve();
  #spentCpuMs = 0;

  constructor(options: MemberOptions) {
    const { name, directory, conversation, now } = options;
    this.name = name;
    this.socketPath = join(directory, name);
    this.#options = options;
    this.#symptoms = recordSymptoms(name, now);
    this.#starting = meterStarts(now);
    this.#listened = conversation;
    // A process that was there before may have put something in the place of a later one.
    clearPath(directory);
    mkdirSync(directory, { recursive: true });
  }

  get pid(): number | undefined {
    return this.#killed ? undefined : this.#program?.pid;
  }

  start(): Program {
    const { name, onEvent, conversation } = this.#options;
    if (this.#program !== undefined && !this.#killed) {
      throw new Error(`${name} is started while it runs`);
    }
    this.#killed = false;
    this.#listened = conversation;
    // The socket of an earlier incarnation must not be mistaken for this one's.
    clearPath(this.socketPath);
    const watch = this.#symptoms.watch();
    const started = this.#spawn(watch);
    this.#program = started;
    this.#starting.begin();
    this.#outputs.push(started.output);
    onEvent('started', name);
    this.#ownEnd = this.#untilOwnEnd(started, watch);
    void this.#ownEnd.then((end) => this.#failByEnd(end));
    return started;
  }

  #spawn(watch: OutputWatch): Program {
    const { name, argv, directory, mark, environment, folders, conversation, now } = this.#options;
    return startProgram({
      argv,
      directory,
      mark: `${mark}${name}#${this.#outputs.length}/`,
      environment,
      folders,
      conversation,
      onFlood: () => this.#fail('output-flood', `${name} printed without end and was stopped`),
      onPrinted: watch.printed,
      now,
    });
  }

  #untilOwnEnd(started: Program, output: OutputWatch): Promise<OwnEnd> {
    return new Promise((resolve) => {
      void started.exited.then(async (exit) => {
        if (this.#killed || this.#program !== started) return;
        this.#options.onEvent('exited', this.name, describeExit(exit));
        // Its last output may still be on its way.
        await started.ended;
        resolve({ exit, ...this.#symptoms.ended(output, exit, started.output.text()) });
      });
    });
  }

  #failByEnd({ exit, ending, lastWords }: OwnEnd): void {
    const how = exit.kind === 'not-started' ? '' : 'ended by itself with ';
    const says = `${this.name} ${how}${describeExit(exit)}${lastWords}`;
    // The scenario may not have waited for it to listen; its socket is there all the same.
    if (this.#listened || existsSync(this.socketPath)) this.#fail('exited', says, ending);
    else this.#fail('ended-before-listening', says, ending);
  }

  #fail(symptom: SymptomId, says: string, exit?: string): Breach {
    const found = breach({
      rule: this.#options.conversation ? 'kit-clerk' : 'kit-process',
      symptom,
      says,
      ...(exit === undefined ? {} : { exit }),
    });
    this.#options.onBreach(found);
    return found;
  }

  startTalking(): Streams {
    const { stdin, stdout } = this.start();
    if (stdin === undefined || stdout === undefined) {
      throw new Error(`${this.name} does not talk`);
    }
    return { stdin, stdout };
  }

  async ready(): Promise<boolean> {
    const { name, readyDeadlineMs } = this.#options;
    const program = this.#program;
    if (program === undefined) throw new Error(`${name} was not started`);
    const readiness = await waitUntilListening(this.socketPath, program, readyDeadlineMs);
    this.#listened ||= readiness === 'ready';
    if (readiness === 'ready' || this.#killed) return !this.#killed;
    if (readiness === 'late' || this.#ownEnd === undefined) {
      throw this.#fail(
        'never-listened',
        `${name} did not listen on its socket "${name}" within ${readyDeadlineMs / 1000} s${describeLastWords(program.output.text())}`,
      );
    }
    const { exit, ending, lastWords } = await this.#ownEnd;
    throw this.#fail(
      'ended-before-listening',
      `${name} ended with ${describeExit(exit)} before it listened${lastWords}`,
      ending,
    );
  }

  kill(): Promise<void> {
    if (this.#program === undefined || this.#killed) return this.#gone;
    this.#killed = true;
    const cpuMs = cpuMsOf(this.#program.pid);
    this.#starting.note(cpuMs);
    this.#spentCpuMs += cpuMs;
    this.#gone = this.#program.kill();
    this.#options.onEvent('killed', this.name);
    return this.#gone;
  }

  pause(): void {
    this.#program?.pause();
    this.#options.onEvent('paused', this.name);
  }

  resume(): void {
    this.#program?.resume();
    this.#options.onEvent('resumed', this.name);
  }

  cpuMs(): number {
    return this.#spentCpuMs + this.#presentCpuMs();
  }

  workCpuMs(): number {
    const cpuMs = this.#presentCpuMs();
    if (!this.#killed) this.#starting.note(cpuMs);
    return this.#spentCpuMs + cpuMs - this.#starting.cpuMs();
  }

  #presentCpuMs(): number {
    return this.#killed ? 0 : cpuMsOf(this.#program?.pid);
  }

  resources(): ResourceUse {
    return this.pid === undefined ? NO_RESOURCES : resourcesOf(this.pid);
  }

  log(): string {
    return this.#outputs.map((output) => output.text()).join(RESTARTED);
  }

  arrivals(): Arrival[] {
    let before = 0;
    return this.#outputs.flatMap((output) => {
      const from = before;
      before += Buffer.byteLength(output.text()) + RESTARTED.length;
      return output.arrivals().map(([position, atMs]) => [from + position, atMs] as const);
    });
  }

  symptoms(): ProcessSymptoms {
    return this.#symptoms.seen();
  }
}
