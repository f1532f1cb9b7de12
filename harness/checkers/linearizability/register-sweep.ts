/**
 * Decides a question about a key that is only put and read, by going through it in time. It keeps every situation
 * that the register may be in (`situations.ts`), and not how it came about: when none is left, no order explains
 * the key. Values that were written hundreds of times, and puts that were never answered, cost it little. It is
 * sound and complete.
 *
 * Nothing takes effect before it has to (Lowe 2017, "just in time"). When an operation returns that has not taken
 * effect, these do, one after the other:
 *
 * - puts of some of the values that reads under way wait for, each followed by all reads that wait for it;
 * - the operation itself; if it is a read, after a put of its value.
 *
 * Every order can be brought into this form. A put that no operation reads is not in it: it may have taken effect directly
 * before any other put that did so while it was under way. From then on it is *free*: it can still take effect, but
 * need not. If several puts write one value, the first to return is used, and an unanswered put last.
 */

import type { Operation } from '../../history/operation.js';
import { readValue } from './problem.js';
import type { Answer, Limits } from './order-search.js';
import { createMarking, UNSEEN, type Marking, type Situation } from './situations.js';
import { isRequired, spanOfRead, spanOfWrite, type PosedWrite, type Span } from './span.js';
import type { Turn } from './touching-operations.js';

/** How many situations go by between two looks at the clock. */
const CLOCK_STRIDE = 64;

interface Task {
  kind: 'read' | 'put' | 'unanswered put';
  value: number;
  /** Its place in the marks of a situation while it is under way; it has none if it was never answered. */
  slot: number;
  return: number;
}

/** Something that happens at one moment; of those at one time the lower rank is first. */
interface Event {
  kind: 'call' | 'return';
  task: Task;
  time: number;
  rank: number;
}

/**
 * Reads must be ok; writes must be puts, ok or indefinite. Turns are not looked at, unless they are given: then
 * operations that touch are put in one order of many that agree with the turns, so that only `linearizable` counts.
 */
export function sweep(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  limits: Limits,
  turns: readonly Turn[] = [],
): Answer {
  const values = new Map([...new Set(reads.map(readValue))].map((value, at) => [value, at]));
  const events = eventsOf(reads, writes, values, rankTurns(turns));
  const board = new Board(events, values.size, limits);
  const isLate = () => performance.now() >= limits.untilMs;
  let situations = [board.marking.start(values.get('') ?? UNSEEN)];
  let steps = 0;
  for (const { kind, task } of events) {
    if (kind === 'call') {
      board.call(task, situations);
      continue;
    }
    const after: Situation[] = [];
    for (const situation of situations) {
      steps += 1;
      const looks = steps % CLOCK_STRIDE === 0;
      if ((looks && isLate()) || !board.settle(situation, task, after)) return 'out-of-budget';
    }
    const left = board.close(task, after, isLate);
    if (left === undefined) return 'out-of-budget';
    situations = left;
    if (situations.length === 0) return 'no-order';
  }
  return 'linearizable';
}

/** The operations in progress, and their effect on a situation. */
class Board {
  readonly marking: Marking;
  readonly #most: number;
  readonly #reads = new Set<Task>();
  /** In the order of returns, from which the first that fits is taken. */
  #puts: Task[] = [];
  /** For each value the reads that have not returned. */
  readonly #demand: Int32Array;

  constructor(events: readonly Event[], values: number, { states }: Limits) {
    this.marking = createMarking(assignSlots(events), values);
    this.#most = states;
    this.#demand = new Int32Array(values);
    for (const { kind, task } of events) {
      if (kind === 'return' && task.kind === 'read') add(this.#demand, task.value, 1);
    }
  }

  call(task: Task, situations: readonly Situation[]): void {
    if (task.kind === 'read') this.#reads.add(task);
    if (task.kind === 'put') {
      this.#puts = [...this.#puts, task].toSorted((a, b) => a.return - b.return);
    }
    for (const situation of situations) arrive(situation, task, this.marking, this.#demand);
  }

  /** Adds the situations that there may be once the operation has taken effect; false if they are too many. */
  settle(situation: Situation, task: Task, after: Situation[]): boolean {
    const isRead = task.kind === 'read';
    const isDone = this.marking.isGood(situation, task.slot) === isRead;
    if (isDone || (!isRead && this.marking.isFree(situation, task.slot))) after.push(situation);
    if (isDone) return after.length <= this.#most;
    const all = this.#servings(situation, task.value);
    for (const served of all) {
      const settled = this.#put(served, task.value, isRead ? undefined : task);
      if (settled !== undefined) after.push(settled);
    }
    return Math.max(all.length, after.length) <= this.#most;
  }

  /** The operation has returned: what is left, without its marks; undefined if it has become late. */
  close(
    task: Task,
    situations: readonly Situation[],
    isLate: () => boolean,
  ): Situation[] | undefined {
    this.#reads.delete(task);
    this.#puts = this.#puts.filter((other) => other !== task);
    if (task.kind === 'read') add(this.#demand, task.value, -1);
    for (const situation of situations) {
      this.marking.setGood(situation, task.slot, false);
      this.marking.setFree(situation, task.slot, true);
      if (task.kind === 'read') forget(situation, task.value, this.marking, this.#demand);
    }
    return this.marking.best(situations, isLate);
  }

  /** A put of the value takes effect, and all reads that wait for it; undefined if there is none. */
  #put(before: Situation, value: number, given?: Task): Situation | undefined {
    const { marking } = this;
    const source =
      given ?? this.#puts.find((task) => task.value === value && marking.isGood(before, task.slot));
    if (source === undefined && marking.spare(before, value) === 0) return undefined;
    const after = marking.copy(before, value);
    marking.freeAll(after);
    if (source !== undefined) marking.setGood(after, source.slot, false);
    else marking.setSpare(after, value, marking.spare(after, value) - 1);
    for (const read of this.#reads) {
      if (read.value === value) marking.setGood(after, read.slot, true);
    }
    return after;
  }

  /** The situations after puts of some of the values that reads wait for, other than this one. */
  #servings(situation: Situation, other: number): Situation[] {
    const waiting = [...this.#reads].filter((read) => !this.marking.isGood(situation, read.slot));
    const wanted = new Set(waiting.map(({ value }) => value));
    wanted.delete(other);
    const all = [situation];
    for (const value of wanted) {
      for (const before of all.slice(0, this.#most)) {
        const after = this.#put(before, value);
        if (after !== undefined) all.push(after);
      }
    }
    return all;
  }
}

function arrive(
  situation: Situation,
  { kind, value, slot }: Task,
  marking: Marking,
  demand: Int32Array,
): void {
  switch (kind) {
    case 'read':
      marking.setGood(situation, slot, situation.value === value);
      break;
    case 'put':
      marking.setGood(situation, slot, true);
      marking.setFree(situation, slot, false);
      break;
    case 'unanswered put': {
      const spare = marking.spare(situation, value) + 1;
      marking.setSpare(situation, value, Math.min(spare, demand[value] ?? 0));
    }
  }
}

/** More puts of a value than reads of it are as good as that many; without reads the value does not matter. */
function forget(situation: Situation, value: number, marking: Marking, demand: Int32Array): void {
  const left = demand[value] ?? 0;
  if (marking.spare(situation, value) > left) marking.setSpare(situation, value, left);
  if (left === 0 && situation.value === value) situation.value = UNSEEN;
}

function add(counts: Int32Array, at: number, amount: number): void {
  counts[at] = (counts[at] ?? 0) + amount;
}

/** Gives each task under way a place of its own; returns how many it takes. */
function assignSlots(events: readonly Event[]): number {
  const free: number[] = [];
  let slots = 0;
  for (const { kind, task } of events) {
    if (task.kind === 'unanswered put') continue;
    if (kind === 'call') task.slot = free.pop() ?? slots++;
    else free.push(task.slot);
  }
  return slots;
}

/** When operations that touch are called and return, within the same time. */
interface Ranks {
  call: ReadonlyMap<Operation | undefined, number>;
  return: ReadonlyMap<Operation | undefined, number>;
}

function eventsOf(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  values: ReadonlyMap<string, number>,
  ranks: Ranks,
): Event[] {
  const events: Event[] = [];
  const addTask = (kind: Task['kind'], span: Span, value: number) => {
    const task: Task = { kind, value, slot: 0, return: span.return };
    const rank = ranks.call.get(span.operation) ?? 0;
    events.push({ kind: 'call', task, time: span.call, rank });
    if (!isRequired(span)) return;
    const last = ranks.return.get(span.operation) ?? Number.POSITIVE_INFINITY;
    events.push({ kind: 'return', task, time: span.return, rank: last });
  };
  for (const read of reads)
    addTask('read', spanOfRead(read), values.get(readValue(read)) ?? UNSEEN);
  for (const write of writes) {
    const span = spanOfWrite(write);
    const value = values.get(write.operation.value ?? '');
    if (isRequired(span)) addTask('put', span, value ?? UNSEEN);
    else if (value !== undefined) addTask('unanswered put', span, value);
  }
  return events.toSorted(inTime);
}

/** At one time and rank calls come first: intervals are closed, so operations that touch overlap. */
function inTime(a: Event, b: Event): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.rank !== b.rank) return a.rank - b.rank;
  return Number(a.kind === 'return') - Number(b.kind === 'return');
}

/** Among operations that touch, the first of a client returns at rank 0, the next is called at rank 1, and so on. */
function rankTurns(turns: readonly Turn[]): Ranks {
  const call = new Map<Operation | undefined, number>();
  const last = new Map<Operation | undefined, number>();
  // A client's turns come in its own order.
  for (const [before, after] of turns) {
    const rank = before.callMs === before.returnMs ? (call.get(before) ?? 0) : 0;
    last.set(before, rank);
    call.set(after, rank + 1);
  }
  return { call, return: last };
}
