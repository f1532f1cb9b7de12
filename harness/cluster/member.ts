/**
 * One process of a cluster in a directory of its own, in which every peer's name is a relay and its
 * own name is its listener. It reports the state of the process; it knows no roles.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Box, Lodging } from '../box/box.js';
import { DIRECTORY, FOR_A_SERVER } from '../box/limits.js';
import { clearFolder, clearPath } from '../ground/clear-path.js';
import type { Admission } from '../ground/world-time.js';
import type { ProcessEvent } from '../history/timeline.js';
import type { IncidentKind } from '../lab/incidents.js';
import type { SymptomId } from '../lab/symptoms.js';
import type { Arrival } from '../process/arrivals.js';
import { PYTHON_STACKS } from '../process/ask-for-stacks.js';
import { leadsOutside } from '../process/dial.js';
import { exceeds } from '../process/directory-size.js';
import type { Controller } from '../process/control-groups.js';
import { pathsListenedAt } from '../process/listening.js';
import type { Machine } from '../process/machine.js';
import { NO_RESOURCES, resourcesOf, type ResourceUse } from '../process/resources.js';
import type { ShownFolder } from '../process/shown-folders.js';
import { describeExit, type AskForStacks, type Exit, type Program } from '../process/spawn.js';
import { cpuMsOf, meterStarts } from '../process/usage.js';
import { describeLastWords } from '../printed/ending.js';
import type { OutputWatch } from '../printed/output-watch.js';
import { recordSymptoms, type Ending, type ProcessSymptoms } from '../printed/process-symptoms.js';
import { breach, type Breach } from './contract-broken.js';
import type { Streams } from './clerk-lines.js';

/** How long a process may take to listen unless the run says otherwise, in ms. */
export const READY_DEADLINE_MS = 20_000;

/** For so long the list of the processes of a program is used again, in ms: to make it costs ms. */
const LIST_AGE_MS = 1000;

/** Resources of several programs are read one after the other, in ms; each would make the list again after more. */
const FRESH_LIST_AGE_MS = 10;

/** After a look through a directory, it is left alone for so many times as long as that took, but not longer, in ms. */
const PAUSE_PER_LOOK = 10;
const LONGEST_PAUSE_MS = 2000;

/** The limits in words. */
const LIMIT_DETAILS: Partial<Record<Controller, string>> = {
  memory: `${FOR_A_SERVER.memoryBytes / 1024 ** 3} GiB`,
  pids: String(FOR_A_SERVER.processes),
};

/** What it says of a program that it has met a limit, or was ended by a signal. */
const LIMIT_INCIDENTS: Partial<Record<Controller, IncidentKind>> = {
  memory: 'memory-limit',
  pids: 'process-limit',
};
const SIGNAL_INCIDENTS: Readonly<Record<string, IncidentKind>> = {
  SIGXFSZ: 'file-limit',
  SIGSYS: 'forbidden-call',
};

/** Longest path shown of a socket. */
const PATH_LENGTH = 120;

/** Stands in the log between two incarnations. */
const RESTARTED = '\n[... restarted ...]\n';

export interface MemberOptions {
  name: string;
  argv: readonly string[];
  directory: string;
  /** Mark of the run; the member adds its own part. */
  mark: string;
  box: Box;
  /** Whether a name in its directory is that of another member. */
  isPeer: (name: string) => boolean;
  /** Paths that it may read, absolute. */
  readable: readonly string[];
  /** Whether it uses tools that are not part of the system. */
  needsTools: boolean;
  environment: Record<string, string>;
  /** Folders that are shown under another name in all its output. */
  folders: readonly ShownFolder[];
  /** A clerk is spoken to through its standard streams, and does not listen. */
  conversation: boolean;
  /** How long it may take to listen, in ms. */
  readyDeadlineMs: number;
  /** ms since the start of the run. */
  now: () => number;
  machine: Machine;
  /** What it takes to start it in its world, if anything. */
  admit: (process: string, directory: string) => Admission | undefined;
  onEvent: (kind: ProcessEvent['kind'], process: string, detail?: string) => void;
  onBreach: (breach: Breach) => void;
  onIncident: (kind: IncidentKind, process: string, detail?: string) => void;
  /** Hears why the kit could not start it as it should have. */
  onKitFailure: (why: string) => void;
}

export interface Member {
  readonly name: string;
  /** The path on which it listens. */
  readonly socketPath: string;
  /** Whether it was started and not killed by the kit. */
  readonly isUp: boolean;
  /** Pid of its first process, if it is up and that is known. */
  readonly pid: number | undefined;
  start(): void;
  /** Starts a clerk, and gives the streams to speak with it. */
  startTalking(): Streams;
  /**
   * Waits until it listens: true then, false if it was killed meanwhile. A process that ends by itself
   * or is late is a breach.
   */
  ready(): Promise<boolean>;
  /** Notes the limits that it has met, and whether its socket is its own; stops it if it has filled its directory. */
  inspect(): void;
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
  /** How to ask it what its threads are doing; see `Program`. Only when its run is over: it may end by that. */
  prepareStacks(): AskForStacks;
  /** Pids of the processes of its present incarnation. */
  pids(): number[];
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
  readonly #lodging: Lodging;
  readonly #outputs: Program['output'][] = [];
  readonly #symptoms: ReturnType<typeof recordSymptoms>;
  readonly #starting: ReturnType<typeof meterStarts>;
  #program: Program | undefined;
  #admission: Admission | undefined;
  #ownEnd: Promise<OwnEnd> | undefined;
  #killed = false;
  /** The kit has asked it for its stacks, by which it may end. */
  #wasAsked = false;
  #listened: boolean;
  #gone: Promise<void> = Promise.resolve();
  #spentCpuMs = 0;
  /** Its directory is not looked through before that. */
  #nextSizeMs = 0;

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
    this.#lodging = options.box.lodge(directory);
  }

  get isUp(): boolean {
    return this.#program !== undefined && !this.#killed;
  }

  get pid(): number | undefined {
    return this.#killed ? undefined : this.#program?.pid;
  }

  start(): Program {
    const { name, onEvent, conversation, directory, isPeer } = this.#options;
    if (this.#program !== undefined && !this.#killed) {
      throw new Error(`${name} is started while it runs`);
    }
    this.#killed = false;
    this.#listened = conversation;
    // The socket of an earlier incarnation must not be mistaken for this one's.
    clearPath(this.socketPath);
    // One that restarts has lost what it knew (lab.md): it finds the links to its peers, and nothing of its own.
    if (this.#outputs.length > 0) clearFolder(directory, isPeer);
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
    const { name, argv, directory, box, environment, folders, conversation, now } = this.#options;
    const { readable, needsTools, machine } = this.#options;
    const mark = `${this.#options.mark}${name}#${this.#outputs.length}/`;
    const admission = this.#options.admit(name, directory);
    this.#admission = admission;
    const program = machine.start({
      argv,
      directory,
      mark,
      environment: {
        ...PYTHON_STACKS,
        ...box.environment,
        ...environment,
        ...admission?.environment,
      },
      confinement: this.#lodging.confine({
        argv,
        mark,
        readable: [...readable, ...(admission?.readable ?? [])],
        needsTools,
        allowance: FOR_A_SERVER,
      }),
      folders,
      conversation,
      onFlood: () => this.#fail('output-flood', `${name} printed without end and was stopped`),
      onPrinted: watch.printed,
      now,
      channelVariable: admission?.channelVariable,
    });
    admission?.started({ pid: () => program.pid, channel: program.channel });
    return program;
  }

  /** Notes the limits that a program has met. */
  #noteLimits(program: Program, exit?: Exit): void {
    const { onIncident } = this.#options;
    for (const limit of program.limitsMet()) {
      const kind = LIMIT_INCIDENTS[limit];
      if (kind !== undefined) onIncident(kind, this.name, LIMIT_DETAILS[limit]);
    }
    const kind = exit?.kind === 'signal' ? SIGNAL_INCIDENTS[exit.signal] : undefined;
    if (kind !== undefined) onIncident(kind, this.name);
  }

  #untilOwnEnd(started: Program, output: OutputWatch): Promise<OwnEnd> {
    return new Promise((resolve) => {
      void started.exited.then(async (exit) => {
        if (this.#killed || this.#wasAsked || this.#program !== started) return;
        if (exit.kind === 'not-confined') {
          this.#options.onKitFailure(`${this.name} ${describeExit(exit)}`);
        }
        this.#noteLimits(started, exit);
        this.#options.onEvent('exited', this.name, describeExit(exit));
        this.#admission?.left();
        // Its last output may still be on its way.
        await started.ended;
        resolve({ exit, ...this.#symptoms.ended(output, exit, started.output.text()) });
      });
    });
  }

  #failByEnd(end: OwnEnd): void {
    const { ending, lastWords } = end;
    const says = `${this.name} ${this.#howItEnded(end)}${lastWords}`;
    // The scenario may not have waited for it to listen; its socket is there all the same.
    if (this.#listened || this.#options.machine.isThere(this.socketPath))
      this.#fail('exited', says, ending);
    else this.#fail('ended-before-listening', says, ending);
  }

  #howItEnded({ exit }: OwnEnd): string {
    if (exit.kind === 'not-started') return describeExit(exit);
    const isOutOfMemory = this.#program?.limitsMet().includes('memory') ?? false;
    if (exit.kind === 'signal' && exit.signal === 'SIGKILL' && isOutOfMemory) {
      return `was killed because it used all the memory that it may have (${LIMIT_DETAILS.memory})`;
    }
    return `ended by itself with ${describeExit(exit)}`;
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
    const { name, readyDeadlineMs, machine } = this.#options;
    const program = this.#program;
    if (program === undefined) throw new Error(`${name} was not started`);
    const readiness = await machine.untilListening(this.socketPath, program, readyDeadlineMs);
    this.#listened ||= readiness === 'ready';
    if (readiness === 'ready' || this.#killed) return !this.#killed;
    if (readiness === 'late' || this.#ownEnd === undefined) {
      throw this.#fail(
        'never-listened',
        `${name} did not listen on its socket "${name}" within ${readyDeadlineMs / 1000} s${this.#describeListening()}${describeLastWords(program.output.text())}`,
      );
    }
    const { exit, ending, lastWords } = await this.#ownEnd;
    throw this.#fail(
      'ended-before-listening',
      `${name} ended with ${describeExit(exit)} before it listened${lastWords}`,
      ending,
    );
  }

  /** Where it listens instead; empty if it listens nowhere. */
  #describeListening(): string {
    const [path] = pathsListenedAt(this.pids());
    if (path === undefined) return '';
    return `, but on ${JSON.stringify(path.slice(0, PATH_LENGTH))}: the name is a path in its working directory`;
  }

  inspect(): void {
    const { onIncident } = this.#options;
    if (this.#program === undefined || this.#killed) return;
    this.#noteLimits(this.#program);
    if (leadsOutside(this.socketPath)) onIncident('listener-elsewhere', this.name);
    void this.#checkSize();
  }

  /** A full directory takes long to look through, which must not take the kit's time in every inspection. */
  async #checkSize(): Promise<void> {
    const { directory, onIncident } = this.#options;
    const fromMs = performance.now();
    if (fromMs < this.#nextSizeMs) return;
    this.#nextSizeMs = Infinity;
    const isFull = await exceeds(directory, DIRECTORY);
    const nowMs = performance.now();
    this.#nextSizeMs = nowMs + Math.min(PAUSE_PER_LOOK * (nowMs - fromMs), LONGEST_PAUSE_MS);
    if (!isFull || this.#killed) return;
    onIncident('directory-limit', this.name);
    this.#fail('directory-full', `${this.name} filled its directory and was stopped`);
  }

  kill(): Promise<void> {
    if (this.#program === undefined || this.#killed) return this.#gone;
    this.#killed = true;
    if (!this.#wasAsked) this.#settleCosts(this.#program);
    this.#admission?.left();
    this.#gone = this.#program.kill();
    this.#options.onEvent('killed', this.name);
    return this.#gone;
  }

  /** While its processes are there. */
  #settleCosts(program: Program): void {
    this.#noteLimits(program);
    const cpuMs = cpuMsOf(program.pids(LIST_AGE_MS));
    this.#starting.note(cpuMs);
    this.#spentCpuMs += cpuMs;
  }

  prepareStacks(): AskForStacks {
    const program = this.#program;
    if (program === undefined || this.#killed || this.#wasAsked) return async () => undefined;
    this.#settleCosts(program);
    this.#wasAsked = true;
    return program.prepareStacks();
  }

  pids(): number[] {
    return this.#killed ? [] : (this.#program?.pids(FRESH_LIST_AGE_MS) ?? []);
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
    if (!this.#killed && !this.#wasAsked) this.#starting.note(cpuMs);
    return this.#spentCpuMs + cpuMs - this.#starting.cpuMs();
  }

  #presentCpuMs(): number {
    return this.#killed || this.#wasAsked ? 0 : cpuMsOf(this.#program?.pids(LIST_AGE_MS) ?? []);
  }

  resources(): ResourceUse {
    if (this.#program === undefined || this.#killed) return NO_RESOURCES;
    return resourcesOf(this.#program.pids(FRESH_LIST_AGE_MS));
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
