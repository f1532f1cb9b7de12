/** Reads the threads that a Java virtual machine prints on SIGQUIT. It tells which thread holds which lock. */

import { blocksFrom, linesOfDump } from './dump-lines.js';
import { ownFrame, shown, type Activity, type Thread, type ThreadDump } from './thread.js';

const START = 'Full thread dump ';

/** First line of a thread that runs Java. */
const HEADER = /^"(.*)" #\d/s;
const STATE = /^ {3}java\.lang\.Thread\.State: (\w+)(?: \(([^)]*)\))?/;
const FRAME = /^\tat (?:[\w.@-]*\/)?([\w.$<>]+)\(([^)]*)\)$/;
const WAITS = /^\t- (?:waiting to lock|parking to wait for) +<(0x[0-9a-f]+)> \(a ([\w.$]+)\)/;
const HOLDS = /^\t- locked <(0x[0-9a-f]+)>/;

/** The JVM's own classes, and those that it makes for lambdas. */
const LIBRARY = /^(?:java|javax|jdk|sun|com\.sun|kotlin|scala)\.|\$\$Lambda/;

/** What a thread that parks waits for, if it is a lock. */
const LOCK_CLASS = /\.(?:ReentrantLock|ReentrantReadWriteLock|StampedLock)\b/;

/** The threads that run methods of the submission; undefined if the text is not a dump of a JVM. */
export function readJvmDump(text: string): ThreadDump | undefined {
  const lines = linesOfDump(text);
  const begin = lines.findIndex((line) => line.startsWith(START));
  if (begin < 0) return undefined;
  const blocks = blocksFrom(lines.slice(begin), (line) => HEADER.test(line));
  return { noun: 'thread', threads: blocks.flatMap(readThread) };
}

function readThread([header = '', ...lines]: readonly string[]): Thread[] {
  const all = lines.flatMap((line) => {
    const [, method, place] = FRAME.exec(line) ?? [];
    return method === undefined || place === undefined ? [] : [{ method, place }];
  });
  const own = all.filter(({ method }) => !LIBRARY.test(method));
  if (own.length === 0) return [];
  const [, name = ''] = HEADER.exec(header) ?? [];
  const [, state = '', how = ''] = lines.map((line) => STATE.exec(line)).find(Boolean) ?? [];
  const [, lock, lockClass = ''] = lines.map((line) => WAITS.exec(line)).find(Boolean) ?? [];
  const holds = lines.flatMap((line) => HOLDS.exec(line)?.[1] ?? []).filter((one) => one !== lock);
  const waitsForLock = state === 'BLOCKED' || LOCK_CLASS.test(lockClass);
  const library = all.slice(
    0,
    all.findIndex(({ method }) => !LIBRARY.test(method)),
  );
  return [
    {
      doing: waitsForLock
        ? 'lock'
        : activityOf(
            state,
            how,
            library.map(({ method }) => method),
          ),
      state: shown(how || state.toLowerCase()),
      frames: own.map(({ method, place }) => ownFrame(method, place)),
      name: shown(name),
      ...(waitsForLock && lock !== undefined ? { lock } : {}),
      ...(holds.length === 0 ? {} : { holds }),
    },
  ];
}

function activityOf(state: string, how: string, library: readonly string[]): Activity {
  const isIn = (pattern: RegExp) => library.some((method) => pattern.test(method));
  if (isIn(/\.accept\w*$/)) return 'idle';
  if (how === 'sleeping') return 'sleep';
  if (state === 'WAITING' || state === 'TIMED_WAITING') return 'wait';
  if (isIn(/\.(?:read|poll|epollWait|select)\w*$/i)) return 'io';
  return state === 'RUNNABLE' ? 'running' : 'unknown';
}
