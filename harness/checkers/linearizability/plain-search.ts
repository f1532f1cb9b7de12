/**
 * The search for keys with puthashes of which some were never answered: what those have written can be
 * told only by trying. As `search.ts`, but a situation holds the value itself, and the only guidance is
 * that a puthash which was answered can follow one value only.
 */

import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../history/operation.js';
import { createAgenda } from './agenda.js';
import { createDoneSet } from './done-set.js';
import type { Answer, Limits } from './search.js';
import { isRequired, spanOfRead, spanOfWrite, type PosedWrite } from './span.js';

interface Task {
  operation: Operation;
  call: number;
  return: number;
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
  const tasks = poseTasks(reads, writes);
  const agenda = createAgenda(tasks);
  const done = createDoneSet(tasks);
  const trail: number[] = [];
  const at = (task: number): Task => {
    const found = tasks[task];
    if (found === undefined) throw new Error(`search: no task ${task}`);
    return found;
  };
  const take = (task: number) => {
    agenda.lift(task);
    done.add(at(task));
    trail.push(task);
  };
  const undo = (depth: number) => {
    while (trail.length > depth) {
      const task = trail.pop() ?? 0;
      done.remove(at(task));
      agenda.unlift(task);
    }
  };
  const stepsFrom = (value: string): Step[] => {
    const steps: Step[] = [];
    agenda.eachEnabled((task) => {
      const after = valueAfter(at(task).operation, value);
      if (after !== undefined) steps.push({ task, value: after });
    });
    // Steps are taken from the end: those that must be taken first, and of them the most urgent.
    return steps.toSorted((a, b) => at(b.task).return - at(a.task).return || 0);
  };

  const seen = new Set<string>();
  const stack: Frame[] = [{ steps: stepsFrom(''), depth: 0 }];
  let missing = tasks.filter(isRequired).length;
  if (missing === 0) return 'linearizable';
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (performance.now() >= limits.untilMs || seen.size >= limits.states) return 'out-of-budget';
    missing += trail.slice(frame.depth).filter((task) => isRequired(at(task))).length;
    undo(frame.depth);
    const step = frame.steps.pop();
    if (step === undefined) {
      stack.pop();
      continue;
    }
    take(step.task);
    if (isRequired(at(step.task))) missing -= 1;
    if (missing === 0) return 'linearizable';
    const situation = `${done.text()}/${step.value}`;
    if (seen.has(situation)) continue;
    seen.add(situation);
    stack.push({ steps: stepsFrom(step.value), depth: trail.length });
  }
  return 'no-order';
}

function poseTasks(reads: readonly Operation[], writes: readonly PosedWrite[]): Task[] {
  const places = { required: 0, optional: 0 };
  return [...reads.map(spanOfRead), ...writes.map(spanOfWrite)]
    .toSorted((a, b) => (a.call === b.call ? 0 : a.call - b.call))
    .flatMap(({ operation, call, return: returns }) => {
      if (operation === undefined) return [];
      const place = isRequired({ return: returns }) ? places.required++ : places.optional++;
      return [{ operation, call, return: returns, place }];
    });
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
