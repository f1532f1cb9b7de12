/** How a process came to its end, as a sentence for a person and as a phrase that groups like ends. */

import { describeExit, type Exit } from '../process/spawn.js';
import type { CrashReport } from './crash-report.js';

/** Functions named in the sentence; the evidence has all of them. */
const FRAMES_SHOWN = 3;

const WORDS_LENGTH = 200;

/** A line of Go's `log` package, whose `Fatal` prints one and ends the program with code 1. */
const LOG_LINE = /^\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2} /;
const LOG_FATAL = 1;

/** Lines of the end among which the one of `log.Fatal` is looked for: others may print meanwhile. */
const LAST_LINES = 20;

/** The race detector's exit code, which takes the place of the program's own. */
const RACE_EXIT = 66;

/** For signatures: such as `panic in viewservice.(*ViewServer).Ping`, or `exit code 1`. */
export function nameEnding(exit: Exit, report: CrashReport | undefined): string {
  if (report !== undefined) {
    const [innermost] = report.frames;
    return innermost === undefined ? report.kind : `${report.kind} in ${innermost.name}`;
  }
  return exit.kind === 'not-started' ? 'not started' : describeExit(exit);
}

/** How a sentence on a process goes on with what the process itself said last. */
export function describeLastWords(output: string, exit?: Exit, report?: CrashReport): string {
  if (report !== undefined) return describeReport(report);
  const lines = output.trimEnd().split('\n');
  const last = lines.at(-1)?.trim() ?? '';
  if (last === '') return '; it printed nothing';
  const fatal = mayBeFatal(exit) ? lines.slice(-LAST_LINES).findLast(isLogLine) : undefined;
  return `; its last words: ${JSON.stringify((fatal ?? last).slice(0, WORDS_LENGTH))}`;
}

function describeReport({ message, frames }: CrashReport): string {
  const [innermost, ...callers] = frames
    .slice(0, FRAMES_SHOWN)
    .map(({ name, place }) => `${name} ${place}`);
  if (innermost === undefined) return `: ${message}`;
  return `: ${[`${message}, in ${innermost}`, ...callers].join(', called by ')}`;
}

function mayBeFatal(exit: Exit | undefined): boolean {
  return exit?.kind === 'code' && (exit.code === LOG_FATAL || exit.code === RACE_EXIT);
}

function isLogLine(line: string): boolean {
  return LOG_LINE.test(line);
}
