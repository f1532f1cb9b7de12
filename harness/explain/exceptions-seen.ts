/** The exceptions that the programs of a run printed, with the times at which they came. */

import type { ExceptionSeen } from '../lab/verdict.js';
import { exceptionsIn } from '../printed/printed-exceptions.js';
import type { ProcessSymptoms } from '../printed/process-symptoms.js';
import type { Arrival } from '../process/arrivals.js';

/** Kinds of exceptions kept of one process. */
const MOST_OF_EACH = 2;

export interface Printed {
  /** What each process has printed, as far as it is kept. */
  logs(): Map<string, string>;
  /** When its parts came. */
  arrivals(): Map<string, Arrival[]>;
  symptoms(): ProcessSymptoms[];
}

/** A process with a crash report is left out: that tells of its exception. */
export function exceptionsSeen(printed: Printed): ExceptionSeen[] {
  const crashed = printed.symptoms().filter(({ crashes }) => crashes.length > 0);
  const told = new Set(crashed.map(({ process }) => process));
  const arrivals = printed.arrivals();
  return [...printed.logs()].flatMap(([process, text]) =>
    told.has(process)
      ? []
      : exceptionsIn(text)
          .slice(0, MOST_OF_EACH)
          .map(({ position, ...exception }) => {
            const bytes = Buffer.byteLength(text.slice(0, position));
            const atMs = arrivals.get(process)?.findLast(([start]) => start <= bytes)?.[1];
            return { process, ...(atMs === undefined ? {} : { atMs }), ...exception };
          }),
  );
}
