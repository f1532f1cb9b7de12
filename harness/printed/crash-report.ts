/**
 * What a program printed of its own end: a panic or a fatal error of Go, an uncaught exception of Node.
 * It is believed only of a program that has really ended, and in the way that belongs to it.
 */

import type { Exit } from '../process/spawn.js';
import { ownFrames, type Frame } from './stack.js';

/** How a program announces its end, at the start of a line. */
export const CRASH_START = /^(?:panic: |fatal error: |FATAL ERROR: |SIG[A-Z]{3,6}: |[ \t]*\^+$)/;

export interface CrashReport {
  /** From a small vocabulary, such as `panic` or `concurrent map access`. */
  kind: string;
  /** The message of the runtime. */
  message: string;
  /** The goroutine that caused it, such as `goroutine 19 [running]`. */
  goroutine?: string;
  /** The program's own functions that were under way in it, the innermost first. */
  frames: Frame[];
}

const MESSAGE_LENGTH = 200;

/** Exit code of a Go program that its runtime ends. */
const GO_CRASH = 2;

const GOROUTINE = /^(goroutine \d+)\b.*(\[[^\]]*\]):$/s;

/** The reasons for which Go's runtime ends a program, and the kit's names for them. */
const FATAL_KINDS: readonly [RegExp, string][] = [
  [/concurrent map/, 'concurrent map access'],
  [/all goroutines are asleep/, 'deadlock'],
  [/out of memory|cannot allocate/, 'out of memory'],
  [/stack overflow/, 'stack overflow'],
];

/** Reads the lines from the announcement on; undefined if they do not report such an exit. */
export function readCrash(lines: readonly string[], exit: Exit): CrashReport | undefined {
  const [first = ''] = lines;
  return /^[ \t]*\^/.test(first) ? readNodeCrash(lines, exit) : readGoCrash(lines, exit);
}

function readGoCrash(lines: readonly string[], exit: Exit): CrashReport | undefined {
  if (exit.kind === 'not-started' || (exit.kind === 'code' && exit.code !== GO_CRASH)) {
    return readNodeAbort(lines, exit);
  }
  const start = lines.findIndex((line) => GOROUTINE.test(line));
  if (start < 0) return readNodeAbort(lines, exit);
  const length = lines.slice(start).findIndex((line) => line.trim() === '');
  const stack = lines.slice(start, length < 0 ? undefined : start + length);
  const [, name, state] = GOROUTINE.exec(lines[start] ?? '') ?? [];
  return {
    ...announced(lines[0] ?? ''),
    goroutine: `${name} ${state}`,
    frames: ownFrames(stack),
  };
}

/** The kind and the message in the first line of a report of Go. */
function announced(line: string): Pick<CrashReport, 'kind' | 'message'> {
  const message = line.replace(/ \[recovered.*\]$/s, '').slice(0, MESSAGE_LENGTH);
  if (line.startsWith('panic: ')) return { kind: 'panic', message };
  if (line.startsWith('SIG')) return { kind: 'signal', message };
  const kind = FATAL_KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? 'fatal error';
  return { kind, message };
}

/** Node ends itself by a signal when it has no memory left. */
function readNodeAbort([first = '']: readonly string[], exit: Exit): CrashReport | undefined {
  if (!first.startsWith('FATAL ERROR: ') || exit.kind !== 'signal') return undefined;
  return { kind: 'out of memory', message: first.slice(0, MESSAGE_LENGTH), frames: [] };
}

/** After the mark below the source line: the exception with its stack, and Node's version. */
function readNodeCrash(lines: readonly string[], exit: Exit): CrashReport | undefined {
  if (exit.kind !== 'code' || exit.code === 0) return undefined;
  const end = lines.findIndex((line) => line.startsWith('Node.js v'));
  const said = lines.slice(1, end < 0 ? undefined : end).filter((line) => line.trim() !== '');
  const [message] = said;
  if (message === undefined || end < 0) return undefined;
  return {
    kind: 'uncaught exception',
    message: message.slice(0, MESSAGE_LENGTH),
    frames: ownFrames(said),
  };
}
