/**
 * Decides one question: is there an order of the tasks, within their times, in which every read
 * returns what the register holds? A depth-first search over sets of tasks that have taken effect,
 * with memory of where it has been (Wing & Gong 1993, Lowe 2017), guided by the reads. It is sound and
 * complete; each rule below leaves out only orders that some other order makes unnecessary:
 *
 * - A read that may take effect and returns the present value does so at once: it changes nothing.
 * - All that counts is that every read is explained; writes that are left can follow in any order.
 * - A value is held *for* a read, which must come before the next put, or it is *waste*: then which
 *   value it is does not matter, and appends to it do not either. Between two puts the register is
 *   first held, then, after its last read, waste. An optional write never makes waste.
 * - A useless write (one that no read can have seen) takes effect in waste as soon as it may.
 * - Of equal writes that may be next, the one that returns first is taken. A write that another operation of its
 *   client waits for (`touching-operations.ts`) is equal to none.
 */

import { createAgenda } from './ready-operations.js';
import { createDemand } from './demand.js';
import { createDoneSet } from './done-set.js';
import type { Problem, Task } from './problem.js';
import type { Prefix } from './prefixes.js';
import { isRequired } from './span.js';

export type Answer = 'linearizable' | 'no-order' | 'out-of-budget';

export interface Limits {
  /** In ms of `performance.now()`. */
  untilMs: number;
  /** How many situations may be remembered. */
  states: number;
}

/** What the register holds; no `held` is waste. */
interface Register {
  held?: Prefix;
  /** A write was made for a read which has not come yet. */
  owing: boolean;
}

/** A way on: a task takes effect (or none does), after which the register is as given. */
interface Choice {
  task?: number;
  register: Register;
}

/** A situation whose choices are being tried. */
interface Frame {
  choices: Choice[];
  /** How many tasks had taken effect. */
  depth: number;
}

const WASTE: Register = { owing: false };

/** How many situations go by between two looks at the clock. */
const CLOCK_STRIDE = 64;

export function search(problem: Problem, limits: Limits): Answer {
  const board = new Board(problem);
  const seen = new Set<string>();
  const stack: Frame[] = [];
  let next: Choice | undefined = { register: { held: problem.index.empty, owing: false } };
  for (let turn = 0; next !== undefined; turn += 1) {
    const late = turn % CLOCK_STRIDE === 0 && performance.now() >= limits.untilMs;
    if (late || seen.size >= limits.states) return 'out-of-budget';
    const register = board.take(next);
    if (board.demand.reads === 0) return 'linearizable';
    if (register !== undefined && isNew(seen, board.situation(register))) {
      stack.push({ choices: board.choices(register).toReversed(), depth: board.depth() });
    }
    next = backtrack(stack, board);
  }
  return 'no-order';
}

function isNew(seen: Set<string>, situation: string): boolean {
  const before = seen.size;
  return seen.add(situation).size > before;
}

/** The next choice not yet tried, with everything undone that was done since its frame. */
function backtrack(stack: Frame[], board: Board): Choice | undefined {
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    board.undo(frame.depth);
    const choice = frame.choices.pop();
    if (choice !== undefined) return choice;
    stack.pop();
  }
  return undefined;
}

/** Everything that changes as tasks take effect, and can be undone. */
class Board {
  readonly demand: ReturnType<typeof createDemand>;
  readonly #tasks: Problem['tasks'];
  readonly #index: Problem['index'];
  readonly #agenda: ReturnType<typeof createAgenda>;
  readonly #done: ReturnType<typeof createDoneSet>;
  readonly #trail: number[] = [];

  constructor({ tasks, index }: Problem) {
    this.demand = createDemand({ tasks, index });
    this.#tasks = tasks;
    this.#index = index;
    this.#agenda = createAgenda(tasks);
    this.#done = createDoneSet(tasks);
  }

  /** How many tasks have taken effect. */
  depth(): number {
    return this.#trail.length;
  }

  /** Follows a choice; undefined if a read can then never be explained. */
  take({ task, register }: Choice): Register | undefined {
    if (task !== undefined) this.#effect(task);
    const settled = this.#settle(register);
    return this.demand.allows(settled.held) ? settled : undefined;
  }

  choices({ held, owing }: Register): Choice[] {
    return held === undefined ? this.#fromWaste() : this.#fromHeld(held, owing);
  }

  situation({ held, owing }: Register): string {
    const holds = held === undefined ? '' : `${held.low}+${held.length}${owing ? '!' : ''}`;
    return `${holds}/${this.#done.text()}`;
  }

  undo(depth: number): void {
    while (this.#trail.length > depth) {
      const task = this.#trail.pop() ?? 0;
      this.#done.remove(this.#at(task));
      this.demand.restore(this.#at(task));
      this.#agenda.unlift(task);
    }
  }

  #at(task: number): Task {
    const found = this.#tasks[task];
    if (found === undefined) throw new Error(`search: no task ${task}`);
    return found;
  }

  #effect(task: number): void {
    this.#agenda.lift(task);
    this.demand.spend(this.#at(task));
    this.#done.add(this.#at(task));
    this.#trail.push(task);
  }

  /** Lets all that costs nothing take effect. Returns how the register is then. */
  #settle(register: Register): Register {
    let { held, owing } = register;
    for (let before = -1; before !== this.#trail.length;) {
      before = this.#trail.length;
      if (held !== undefined && !owing && !this.demand.wants(held)) held = undefined;
      const value = held === undefined ? -1 : this.#index.exact(held);
      this.#agenda.eachEnabled((task) => {
        const { kind, sameAs, useless, value: text } = this.#at(task);
        const read = kind === 'get';
        if (
          read
            ? sameAs !== value
            : !useless || (held !== undefined && (kind === 'put' || text !== ''))
        ) {
          return;
        }
        this.#effect(task);
        if (read) owing = false;
      });
    }
    return held === undefined ? WASTE : { held, owing };
  }

  /** The next tasks, first to return first; one of several equal tasks, the first to return. */
  #candidates(fits: (task: Task) => boolean): number[] {
    const best = new Map<number, number>();
    this.#agenda.eachEnabled((task) => {
      if (!fits(this.#at(task))) return;
      const { sameAs, return: returns } = this.#at(task);
      const rival = best.get(sameAs);
      if (rival === undefined || returns < this.#at(rival).return) best.set(sameAs, task);
    });
    return [...best.values()].toSorted((a, b) => compare(this.#at(a).return, this.#at(b).return));
  }

  /** Appends that lead on to a value some read returned; or the end of reads before the next put. */
  #fromHeld(held: Prefix, owing: boolean): Choice[] {
    const on = this.#candidates(
      ({ kind, value }) => kind === 'append' && this.demand.wants(this.#index.extend(held, value)),
    ).map((task) => holding(task, this.#index.extend(held, this.#at(task).value)));
    return owing ? on : [...on, { register: WASTE }];
  }

  #fromWaste(): Choice[] {
    return [
      ...this.#candidates(({ kind, begins }) => kind === 'put' && this.demand.wants(begins)).map(
        (task) => holding(task, this.#at(task).begins),
      ),
      ...this.#candidates((task) => task.kind !== 'get' && isRequired(task)).map((task) => ({
        task,
        register: WASTE,
      })),
    ];
  }
}

/** The task leads to a value that some read wants, and owes that read from then on. */
function holding(task: number, held: Prefix): Choice {
  return { task, register: { held, owing: true } };
}

/** Infinity equals itself here. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
