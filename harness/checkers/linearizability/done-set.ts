/**
 * Which tasks have taken effect, with an exact and short text for the set, by which the search
 * remembers where it has been. Required tasks take effect nearly in the order of calls, so only the
 * part between the first that is missing and the last that is there needs to be written down.
 */

import { isRequired } from './span.js';

/** Bits in one unit of a text. */
const UNIT_BITS = 16;

interface Task {
  return: number;
  /** Its place among the required tasks or among the optional ones. */
  place: number;
}

export interface DoneSet {
  add(task: Task): void;
  remove(task: Task): void;
  /** Equal for equal sets, and for no others. */
  text(): string;
}

export function createDoneSet(tasks: readonly Task[]): DoneSet {
  const requiredCount = tasks.filter(isRequired).length;
  const required = createBits(requiredCount);
  const optional = createBits(tasks.length - requiredCount);
  const bitsOf = (task: Task) => (isRequired(task) ? required : optional);
  return {
    add: (task) => bitsOf(task).flip(task.place),
    remove: (task) => bitsOf(task).flip(task.place),
    text: () => `${required.text()}|${optional.text()}`,
  };
}

interface Bits {
  flip(place: number): void;
  text(): string;
}

/** `full` units at the start and `empty` ones at the end are left out of the text. */
function createBits(size: number): Bits {
  const units = new Uint16Array(Math.ceil(size / UNIT_BITS) + 1);
  let full = 0;
  let end = 0;
  return {
    flip(place) {
      const at = Math.floor(place / UNIT_BITS);
      units[at] = (units[at] ?? 0) ^ (1 << (place % UNIT_BITS));
      full = Math.min(full, at);
      end = Math.max(end, at + 1);
    },
    text() {
      while (units[full] === 0xffff) full += 1;
      while (end > full && units[end - 1] === 0) end -= 1;
      // With its length in front, no unit can be mistaken for the next.
      let text = `${full},${end}:`;
      for (let at = full; at < end; at += 1) text += String.fromCharCode(units[at] ?? 0);
      return text;
    },
  };
}
