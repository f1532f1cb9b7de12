/**
 * The search for keys with puthashes: what those that were never answered have written can be told only
 * by trying. As `order-search.ts`, but a situation holds the value itself, and the only guidance is
 * that a puthash which was answered can follow one value only.
 */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../history/operation.js';
import { createAgenda } from './ready-operations.js';
import { createDoneSet } from './done-set.js';
import { takeTurns } from './problem.js';
import type { Answer, Limits } from './order-search.js';
import { isRequired, spanOfRead, spanOfWrite, type PosedWrite } from './span.js';
import { findTurns } from './touching-operations.js';

interface Task {
  operation: Operation;
  call: number;
  return: number;
  after: number | undefined;
  place: number;
}

interface Step {
  task: number;
  value: string;
}

/** A situation whose steps are being tried. */
interface Frame {
  steps: Step[];
  depth: number;
}

export function searchPlainly(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  limits: Limits,
): Answer {
  const board = setUp(poseTasks(reads, writes));
  if (board.missing() === 0) return 'linearizable';
  const seen = new Set<string>();
  const stack: Frame[] = [{ steps: board.stepsFrom(''), depth: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (performance.now() >= limits.untilMs || seen.size >= limits.states) return 'out-of-budget';
    board.undo(frame.depth);
    const step = frame.steps.pop();
    if (step === undefined) {
      stack.pop();
      continue;
    }
    board.take(step.task);
    if (board.missing() === 0) return 'linearizable';
    const situation = board.situation(step.value);
    if (seen.has(situation)) continue;
    seen.add(situation);
    stack.push({ steps: board.stepsFrom(step.value), depth: board.depth() });
  }
  return 'no-order';
}

/** Everything that changes as tasks take effect, and can be undone. */
function setUp(tasks: readonly Task[]) {
  const agenda = createAgenda(tasks);
  const done = createDoneSet(tasks);
  const trail: number[] = [];
  let missing = tasks.filter(isRequired).length;
  const at = (task: number): Task => {
    const found = tasks[task];
    if (found === undefined) throw new Error(`search: no task ${task}`);
    return found;
  };
  return {
    /** How many of the tasks that must take effect have not. */
    missing: () => missing,
    depth: () => trail.length,
    situation: (value: string) => `${done.text()}/${value}`,
    take(task: number) {
      agenda.lift(task);
      done.add(at(task));
      trail.push(task);
      if (isRequired(at(task))) missing -= 1;
    },
    undo(depth: number) {
      while (trail.length > depth) {
        const task = trail.pop() ?? 0;
        done.remove(at(task));
        agenda.unlift(task);
        if (isRequired(at(task))) missing += 1;
      }
    },
    stepsFrom(before: string): Step[] {
      const steps: Step[] = [];
      agenda.eachEnabled((task) => {
        const value = valueAfter(at(task).operation, before);
        if (value !== undefined) steps.push({ task, value });
      });
      // They are taken from the end: the most urgent first, and what need not be taken last.
      return steps.toSorted((a, b) => compare(at(b.task).return, at(a.task).return));
    },
  };
}

function poseTasks(reads: readonly Operation[], writes: readonly PosedWrite[]): Task[] {
  const places = { required: 0, optional: 0 };
  const tasks = [...reads.map(spanOfRead), ...writes.map(spanOfWrite)]
    .toSorted((a, b) => compare(a.call, b.call))
    .flatMap(({ operation, call, return: returns }) => {
      if (operation === undefined) return [];
      const place = isRequired({ return: returns }) ? places.required++ : places.optional++;
      return [{ operation, call, return: returns, after: undefined, place }];
    });
  const posed = tasks.map((task: Task) => ({ operation: task.operation, task }));
  takeTurns(posed, findTurns(reads, writes));
  return tasks;
}

/** What the key holds after the operation; undefined if it cannot follow the value. */
function valueAfter({ op, value = '', returned }: Operation, before: string): string | undefined {
  switch (op) {
    case 'get':
      return value === before ? before : undefined;
    case 'put':
      return value;
    case 'append':
      return before + value;
    case 'puthash':
      return returned === undefined || returned === before ? putHashOf(before, value) : undefined;
  }
}

/** Infinity equals itself here. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
