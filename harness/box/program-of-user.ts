/**
 * A program that runs as a user of the machine to whom nothing else belongs. That user cannot read or signal what
 * belongs to others, and all its processes are found by it; memory and the network are shared.
 */

import type { ChildProcess } from 'node:child_process';
import type { Confinement, Exit } from '../process/confinement.js';
import type { ControlGroup } from '../process/control-groups.js';
import { signal } from '../process/marker.js';
import { killAll } from './kill-all.js';
import { notExecuted } from './not-executed.js';
import { stopAll } from './stop-all.js';
import { processesOf } from './users.js';

const CHANGE_USER = 'setpriv';

/** The words before a program's own that make it run as a user, without any right of root (setpriv(1)). */
export function userWords(user: number): string[] {
  const rights = ['--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
  return [CHANGE_USER, '--reuid', String(user), '--regid', String(user), ...rights, '--'];
}

export class ProgramOfUser implements Confinement {
  readonly argv: readonly string[];
  readonly descriptors = [];
  readonly #user: number;
  readonly #group: ControlGroup | undefined;
  #first: number | undefined;

  constructor(user: number, argv: readonly string[], group: ControlGroup | undefined) {
    this.#user = user;
    this.argv = [...(group?.entrance ?? []), ...argv];
    this.#group = group;
  }

  within(spawn: () => ChildProcess): ChildProcess {
    return this.#group === undefined ? spawn() : this.#group.within(spawn);
  }

  started(child: ChildProcess): void {
    this.#first = child.pid;
  }

  pid(): number | undefined {
    return this.#first;
  }

  listeners(): Iterable<number> {
    return this.pids();
  }

  pids(): number[] {
    return processesOf(this.#user);
  }

  pause(): void {
    stopAll(() => this.pids());
  }

  resume(): void {
    for (const pid of this.pids()) signal(pid, 'SIGCONT');
  }

  kill(): void {
    if (this.#first !== undefined) signal(-this.#first, 'SIGKILL');
    for (const pid of this.pids()) signal(pid, 'SIGKILL');
  }

  async gone(): Promise<void> {
    await killAll(() => this.pids());
    this.#group?.remove();
  }

  limitsMet(): ReturnType<Confinement['limitsMet']> {
    return this.#group?.met() ?? [];
  }

  async meaningOf(exit: Exit, printed: () => Promise<string>): Promise<Exit> {
    return notExecuted(exit, CHANGE_USER, printed);
  }
}
