/**
 * Which tasks may take effect next: those called before any task still to come has returned. A doubly
 * linked list of calls and returns in the order of time, from which tasks are lifted and to which they
 * return in reverse order (Wing & Gong 1993, with the list of Lowe 2017). A task that has its turn after another
 * one is not next before that one has taken effect.
 */

import { isRequired } from './span.js';

interface Task {
  call: number;
  return: number;
  /** The task that has its turn before this one, by its place in the list. */
  after: number | undefined;
}

export interface Agenda {
  lift(task: number): void;
  /** Undoes the last lift that was not undone. */
  unlift(task: number): void;
  /** Calls `visit` with each task that may be next, in the order of calls; it may lift that task. */
  eachEnabled(visit: (task: number) => void): void;
}

/** Tasks are known by their place in the list given. */
export function createAgenda(tasks: readonly Task[]): Agenda {
  const head = tasks.length * 2;
  const next = new Int32Array(head + 1);
  const previous = new Int32Array(head + 1);
  link(entriesInTime(tasks), head, next, previous);

  const unlink = (entry: number) => {
    const [before, after] = [previous[entry] ?? head, next[entry] ?? head];
    next[before] = after;
    previous[after] = before;
  };
  const relink = (entry: number) => {
    next[previous[entry] ?? head] = entry;
    previous[next[entry] ?? head] = entry;
  };
  const required = tasks.map(isRequired);
  const lifted = new Uint8Array(tasks.length);
  const isInTurn = (task: number) => {
    const after = tasks[task]?.after;
    return after === undefined || lifted[after] === 1;
  };
  return {
    lift(task) {
      lifted[task] = 1;
      unlink(task * 2);
      if (required[task] === true) unlink(task * 2 + 1);
    },
    unlift(task) {
      lifted[task] = 0;
      if (required[task] === true) relink(task * 2 + 1);
      relink(task * 2);
    },
    eachEnabled(visit) {
      // Calls are even and returns odd; the head, where the list ends, is even.
      let entry = next[head] ?? head;
      while (entry !== head && (entry & 1) === 0) {
        if (isInTurn(entry >> 1)) visit(entry >> 1);
        entry = next[entry] ?? head;
      }
    },
  };
}

/** Calls come before returns of the same time: intervals are closed, so those two overlap. */
function entriesInTime(tasks: readonly Task[]): number[] {
  const entries: { entry: number; time: number }[] = [];
  tasks.forEach((task, at) => {
    entries.push({ entry: at * 2, time: task.call });
    if (isRequired(task)) entries.push({ entry: at * 2 + 1, time: task.return });
  });
  entries.sort((a, b) => (a.time === b.time ? (a.entry & 1) - (b.entry & 1) : a.time - b.time));
  return entries.map(({ entry }) => entry);
}

function link(
  entries: readonly number[],
  head: number,
  next: Int32Array,
  previous: Int32Array,
): void {
  let last = head;
  for (const entry of entries) {
    next[last] = entry;
    previous[entry] = last;
    last = entry;
  }
  next[last] = head;
  previous[head] = last;
}
