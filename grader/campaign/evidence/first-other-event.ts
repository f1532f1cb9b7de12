/** Where two runs of the virtual world part, from what their evidence folders tell. */

import { join } from 'node:path';
import { readRegularText } from '../../../harness/index.js';

/** What happened first in one of two runs only, each as the line of its file; undefined where a file has ended. */
export interface FirstOtherEvent {
  file: string;
  line: number;
  first: string | undefined;
  second: string | undefined;
}

/** In this order: an event can explain a call, and a call an operation. */
const FILES = ['events.jsonl', 'calls.jsonl', 'history.jsonl'];

/** Undefined if nothing differs in what is kept. */
export function firstOtherEvent(one: string, other: string): FirstOtherEvent | undefined {
  for (const file of FILES) {
    const [first = [], second = []] = [one, other].map((folder) =>
      readRegularText(join(folder, file)).split('\n'),
    );
    const at = first.findIndex((line, index) => line !== second[index]);
    const line = at < 0 && second.length > first.length ? first.length : at;
    if (line >= 0) return { file, line: line + 1, first: first[line], second: second[line] };
  }
  return undefined;
}
