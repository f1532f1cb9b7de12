/**
 * A program in a box of bubblewrap. Three processes belong to it: the one that the kit starts and that waits outside;
 * the first process of the box, with whose end the kernel ends all others in it; and its child, the program.
 */

import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Confinement, Exit } from '../process/confinement.js';
import type { ControlGroup } from '../process/control-groups.js';
import { killMarked, signal } from '../process/marker.js';
import { readProc } from '../process/proc.js';
import { processTree } from '../process/tree.js';
import { BECOME_USER } from './bubblewrap.js';
import { killAll } from './kill-all.js';
import { lastLine, notExecuted, notStarted } from './not-executed.js';
import { stopAll } from './stop-all.js';

/** Descriptor on which bubblewrap says what becomes of the box. */
export const STATUS_DESCRIPTOR = 3;

/** Descriptor from which it reads the filter of system calls. */
export const FILTER_DESCRIPTOR = 4;

/** How long it may take to say that it is done after it has ended, in ms. */
const STATUS_MS = 1000;

/** Bubblewrap and shells say by an exit code above this that a signal has ended a program. */
const SIGNAL_CODES = 128;

/** Of several names, such as SIGABRT and SIGIOT, the first: Node uses that one, too. */
const SIGNAL_NAMES = new Map<number, string>(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name]),
);

interface Parts {
  /** The words that start the program in its box. */
  argv: readonly string[];
  /** The mark of the program. */
  mark: string;
  /** The descriptor of the open filter of system calls, if there is one; closed once the program has inherited it. */
  filter: { descriptor: number; close: () => void } | undefined;
  group: ControlGroup | undefined;
}

export class BoxedProgram implements Confinement {
  readonly argv: readonly string[];
  readonly descriptors: Confinement['descriptors'];
  readonly #parts: Parts;
  /** The process that waits outside of the box. */
  #outside: number | undefined;
  /** The first process in the box, by its pid outside. */
  #first: number | undefined;
  #program: number | undefined;
  #status = '';
  #statusRead: Promise<void> = Promise.resolve();
  #isFrozen = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.argv = [...(parts.group?.entrance ?? []), ...parts.argv];
    this.descriptors = ['pipe', parts.filter?.descriptor ?? 'ignore'];
  }

  within(spawn: () => ChildProcess): ChildProcess {
    const { group, filter } = this.#parts;
    try {
      return group === undefined ? spawn() : group.within(spawn);
    } finally {
      filter?.close();
    }
  }

  started(child: ChildProcess): void {
    this.#outside = child.pid;
    const status = child.stdio[STATUS_DESCRIPTOR];
    if (!(status instanceof Readable)) return;
    status.on('data', (chunk: Buffer) => {
      this.#status += chunk.toString();
      this.#first ??= numberOf(this.#status, 'child-pid');
    });
    status.on('error', () => {});
    this.#statusRead = new Promise((resolve) => status.once('close', () => resolve()));
  }

  pid(): number | undefined {
    if (this.#first === undefined) return undefined;
    // Orphans become children of the first process, too, but the program was there before them.
    const children = readProc(`${this.#first}/task/${this.#first}/children`)?.trim().split(' ');
    const [oldest = ''] = children ?? [];
    if (oldest !== '') this.#program ??= Number(oldest);
    return this.#program;
  }

  *listeners(): Iterable<number> {
    const program = this.pid();
    if (program === undefined) return;
    yield program;
    for (const each of this.pids(0)) if (each !== program) yield each;
  }

  pids(maxAgeMs: number): number[] {
    const first = this.#first;
    if (first === undefined) return [];
    const all = this.#parts.group?.pids() ?? processTree(first, maxAgeMs);
    return all.filter((pid) => pid !== first && pid !== this.#outside);
  }

  pause(): void {
    this.#isFrozen = true;
    if (this.#parts.group?.canFreeze === true) this.#parts.group.freeze();
    else stopAll(() => this.pids(0));
  }

  resume(): void {
    this.#isFrozen = false;
    if (this.#parts.group?.canFreeze === true) this.#parts.group.thaw();
    else for (const pid of this.pids(0)) signal(pid, 'SIGCONT');
  }

  kill(): void {
    if (this.#first !== undefined) signal(this.#first, 'SIGKILL');
    if (this.#outside !== undefined) signal(-this.#outside, 'SIGKILL');
    for (const pid of this.#parts.group?.pids() ?? []) signal(pid, 'SIGKILL');
    // In version 1 of control groups even a signal that kills waits for that.
    if (this.#isFrozen) this.#parts.group?.thaw();
  }

  async gone(): Promise<void> {
    const { group, mark } = this.#parts;
    if (group === undefined) await killMarked(mark);
    else await killAll(() => group.pids());
    group?.remove();
  }

  limitsMet(): ReturnType<Confinement['limitsMet']> {
    return this.#parts.group?.met() ?? [];
  }

  async meaningOf(exit: Exit, printed: () => Promise<string>): Promise<Exit> {
    if (exit.kind === 'not-started') return { ...exit, kind: 'not-confined' };
    await Promise.race([this.#statusRead, pause(STATUS_MS, undefined, { ref: false })]);
    const code = numberOf(this.#status, 'exit-code');
    if (exit.kind === 'signal') return exit;
    if (code === undefined) return unstarted(lastLine(await printed()));
    const name = SIGNAL_NAMES.get(code - SIGNAL_CODES);
    if (name !== undefined && code > SIGNAL_CODES) return { kind: 'signal', signal: name };
    return notExecuted(exit, basename(BECOME_USER), printed);
  }
}

/** The box was not made, or the program in it could not be executed; only in the latter case is that its own matter. */
function unstarted(line: string): Exit {
  const words = /^bwrap: execvp (.*)$/s.exec(line)?.[1];
  return words === undefined
    ? { kind: 'not-confined', message: line || 'bubblewrap ended without a word' }
    : notStarted(words);
}

function numberOf(status: string, field: string): number | undefined {
  const number = new RegExp(`"${field}": (\\d+)`).exec(status)?.[1];
  return number === undefined ? undefined : Number(number);
}
