/** Reads the goroutines that Go's runtime prints on SIGQUIT. */

import { submissionFrames } from '../stack.js';
import { blocksFrom, linesOfDump } from './dump-lines.js';
import {
  ownFrame,
  shown,
  type Activity,
  type OwnFrame,
  type Thread,
  type ThreadDump,
} from './thread.js';

/** First line of a goroutine: `goroutine 3 gp=0xc0 m=nil [chan receive, 2 minutes]:`; before Go 1.23 without the middle. */
const HEADER = /^goroutine \d+(?: [^[\]]*)? ?\[([^\]]+)\]:$/;

/** Where the kit's own programs lie, which are no part of a submission. */
const KIT = '0pblab/';

/** Words that the compiler adds to the name of a function around a `go` statement. */
const WRAPPER = /\.gowrap\d+$/;

/** Functions of Go's library, by what a goroutine does in them. */
const TAKING_A_LOCK = /^(?:internal\/)?sync\.\(\*(?:Mutex|RWMutex)\)\.(?:Lock|RLock|lockSlow)\(/;
const CALLING = /^net\/rpc\.(?:\(\*Client\)\.Call|Dial\w*)\(|^net\.Dial\w*\(/;
const IDLING =
  /^net\.\(\*(?:Unix|TCP)Listener\)\.Accept\w*\(|^net\/rpc\.\(\*(?:gob)?Server(?:Codec)?\)\.[rR]eadRequest/;
const SERVING = /^net\/rpc\.\(\*service\)\.call\(/;

/** An address that is surely that of the lock: one with a question mark may be anything by now. */
const LOCK_ADDRESS = /\(\*Mutex\)\.lockSlow\((0x[0-9a-f]+)\)/;

/** The goroutines that run functions of the submission; undefined if the text is not a dump of Go. */
export function readGoDump(text: string): ThreadDump | undefined {
  const blocks = blocksFrom(linesOfDump(text), (line) => HEADER.test(line));
  if (blocks.length === 0) return undefined;
  return { noun: 'goroutine', threads: blocks.flatMap(readGoroutine) };
}

function readGoroutine([header = '', ...stack]: readonly string[]): Thread[] {
  const [, whole = ''] = HEADER.exec(header) ?? [];
  const [state = ''] = whole.split(', ');
  const lines = withoutStarter(stack);
  const frames = submissionFrames(lines.filter((line) => !line.includes(KIT)))
    .filter(({ name }) => !WRAPPER.test(name))
    .map(({ name, place }) => ownFrame(withoutMain(name), place));
  if (frames.length === 0) return [];
  const first = firstOwn(lines);
  const library = lines.slice(0, first < 0 ? undefined : first);
  const doing = activityOf(state, library, lines);
  const [, lock] = LOCK_ADDRESS.exec(library.join('\n')) ?? [];
  const serves = servedMethod(lines, frames);
  return [
    {
      doing,
      state: shown(state),
      frames,
      ...(doing === 'lock' && lock !== undefined ? { lock } : {}),
      ...(serves === undefined ? {} : { serves }),
    },
  ];
}

/** Who has started a goroutine is not under way in it. */
function withoutStarter(stack: readonly string[]): readonly string[] {
  const end = stack.findIndex((line) => line.startsWith('created by '));
  return end < 0 ? stack : stack.slice(0, end);
}

/** Index of the innermost function that is not a library's. */
function firstOwn(lines: readonly string[]): number {
  return lines.findIndex(
    (line, index) => submissionFrames([line, lines[index + 1] ?? '']).length > 0,
  );
}

function activityOf(state: string, library: readonly string[], all: readonly string[]): Activity {
  const isIn = (pattern: RegExp) => library.some((line) => pattern.test(line));
  // A lock that a library takes for itself is not one of the submission.
  if (TAKING_A_LOCK.test(library.findLast((line) => !line.startsWith('\t')) ?? '')) return 'lock';
  if (isIn(CALLING)) return 'call';
  if (isIn(IDLING) || (isIn(/^net\/rpc\./) && !all.some((line) => SERVING.test(line))))
    return 'idle';
  if (state === 'sleep') return 'sleep';
  if (state === 'running' || state === 'runnable') return 'running';
  if (state === 'IO wait' || state === 'syscall') return 'io';
  return 'wait';
}

function servedMethod(lines: readonly string[], frames: readonly OwnFrame[]): string | undefined {
  if (!lines.some((line) => SERVING.test(line))) return undefined;
  const [, type, method] = /\(\*(\w+)\)\.(\w+)$/.exec(frames.at(-1)?.name ?? '') ?? [];
  return type === undefined ? undefined : `${type}.${method}`;
}

function withoutMain(name: string): string {
  return name.replace(/^main\./, '');
}
