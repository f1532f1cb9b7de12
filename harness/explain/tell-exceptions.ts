/** The part of a story that shows the exceptions that programs printed: a program may go on without the answer it owed. */

import { describeMs } from '../history/describe.js';
import type { ExceptionSeen } from '../lab/verdict.js';

/** Control characters, which would do something to the terminal of a reader. */
const CONTROLS = /[^\P{Cc}\t]/gu;

/** Lines with an empty one after each exception. */
export function tellExceptions(seen: readonly ExceptionSeen[]): string[] {
  return seen.flatMap(({ process, atMs, lines, times }) => {
    const when = atMs === undefined ? '' : ` at ${describeMs(Math.round(atMs))}`;
    const more = times === 1 ? '' : `, and ${times - 1} more like it`;
    return [
      `${process} printed an exception${when}${more}:`,
      ...lines.map((line) => `    ${line.replaceAll(CONTROLS, '')}`.trimEnd()),
      '',
    ];
  });
}
