/** Puts the threads of a process into few words: equal stacks together, and a sentence on what they wait for. */

import type { ProcessDoing, ThreadGroup } from '../../lab/doing.js';
import {
  ACTIVITIES,
  type Activity,
  type OwnFrame,
  type Thread,
  type ThreadDump,
} from './thread.js';

/** Most kinds of threads that are shown. */
const MAX_GROUPS = 6;

/** Functions shown of one stack. */
const MAX_FRAMES = 6;

/** Functions named of the way from a received call on. */
const MAX_PATH = 3;

/** Functions named in the sentence for one activity, and locks. */
const MAX_PLACES = 3;

/** Functions that only wrap the library's; who has called them says more. */
const WRAPPER = /(?:^|\.)\w*(?:call|rpc|dial)\w*$/i;

interface Group {
  threads: [Thread, ...Thread[]];
}

/** The source line at a place such as `kv.py:88`, if it can be read. */
export type ReadSource = (place: string) => string | undefined;

export function foldThreads(
  process: string,
  dump: ThreadDump,
  sourceLine: ReadSource,
): ProcessDoing {
  const groups = groupThreads(dump.threads.filter(({ doing }) => doing !== 'idle'));
  const shown = groups.slice(0, MAX_GROUPS);
  const count = shown.reduce((sum, { threads }) => sum + threads.length, 0);
  return {
    process,
    says: sentenceOf(process, dump, sourceLine),
    isQuiet: isQuiet(dump),
    groups: shown.map((group) => showGroup(group, sourceLine)),
    left: dump.threads.length - count,
  };
}

function groupThreads(threads: readonly Thread[]): Group[] {
  const groups = new Map<string, Group>();
  for (const thread of threads) {
    const key = JSON.stringify([thread.doing, thread.state, thread.frames]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { threads: [thread] });
    else known.threads.push(thread);
  }
  return [...groups.values()].toSorted(
    ({ threads: [one, ...more] }, { threads: [other, ...others] }) =>
      ACTIVITIES.indexOf(one.doing) - ACTIVITIES.indexOf(other.doing) ||
      others.length - more.length,
  );
}

function showGroup({ threads }: Group, sourceLine: ReadSource): ThreadGroup {
  const [{ doing, state, frames, name }] = threads;
  const [innermost] = frames;
  const source = innermost && doing === 'unknown' ? sourceLine(innermost.place) : undefined;
  const called = threads.length === 1 && name !== undefined ? ` (${name})` : '';
  return {
    count: threads.length,
    does: `${DOES[doing](state)}${called}`,
    frames: [
      ...(source === undefined ? [] : [`"${source}"`]),
      ...frames.slice(0, MAX_FRAMES).map(describeFrame),
      ...(frames.length > MAX_FRAMES ? [`${frames.length - MAX_FRAMES} more`] : []),
    ],
  };
}

/** In the third person singular. */
const DOES: Record<Activity, (state: string) => string> = {
  lock: () => 'waits for a lock',
  call: () => 'waits for an answer',
  brief: () => 'has just begun a call',
  running: () => 'runs',
  wait: (state) => (state === '' ? 'waits' : `waits (${state})`),
  io: () => 'reads or writes',
  unknown: () => 'is here',
  sleep: () => 'sleeps',
  idle: () => 'is idle',
};

function describeFrame({ name, place }: OwnFrame): string {
  return `${name} ${place}`;
}

function sentenceOf(
  process: string,
  { noun, threads }: ThreadDump,
  sourceLine: ReadSource,
): string {
  const doing = (activity: Activity) => threads.filter((thread) => thread.doing === activity);
  const [locked, calling, serving] = [doing('lock'), doing('call'), servingAmong(threads)];
  const clauses = [
    ...describeLocked(locked, threads, noun),
    ...describeCalling(calling, noun),
    ...describeServing(serving, noun),
    ...describePlaces('runs', doing('running'), { noun, sourceLine }),
    ...describePlaces('is', doing('unknown'), { noun, sourceLine }),
  ];
  if (clauses.length === 0) {
    if (isQuiet({ threads })) return `${process}: every ${noun} sleeps or waits for a request.`;
    return `${process}: no ${noun} waits for a lock or for an answer, as far as its runtime tells.`;
  }
  return `${process}: ${clauses.join('; ')}.${adviceOn(locked, calling, serving)}`;
}

/** Those that execute a call for somebody, and wait for something else than a lock or an answer. */
function servingAmong(threads: readonly Thread[]): Thread[] {
  const others: readonly Activity[] = ['wait', 'io', 'sleep', 'brief'];
  return threads.filter(({ doing, serves }) => serves !== undefined && others.includes(doing));
}

function describeServing(serving: readonly Thread[], noun: string): string[] {
  const [first] = serving;
  if (first === undefined) return [];
  const isOne = serving.length === 1;
  const methods = listed(serving.map(({ serves = '' }) => serves));
  const does = isOne ? DOES[first.doing](first.state) : 'wait or sleep';
  return [
    `${counted(serving.length, noun)} ${isOne ? 'executes' : 'execute'} a received call (${methods}) and ${does} in ${listed(serving.map(pathOf))}`,
  ];
}

/** From the function that was called by the library on to those that it calls. */
function pathOf({ frames }: Thread): string {
  return frames.slice(-MAX_PATH).toReversed().map(describeFrame).join(' → ');
}

/** Whether no thread does anything but wait for time to pass, or for a request. */
function isQuiet({ threads }: Pick<ThreadDump, 'threads'>): boolean {
  return threads.every(
    ({ doing, serves }) =>
      doing === 'idle' || ((doing === 'sleep' || doing === 'brief') && serves === undefined),
  );
}

/** Where threads are of which their runtime says no more. */
function describePlaces(
  verb: 'runs' | 'is',
  threads: readonly Thread[],
  { noun, sourceLine }: { noun: string; sourceLine: ReadSource },
): string[] {
  if (threads.length === 0) return [];
  const places = threads.map(({ frames: [innermost] }) => {
    const source = innermost && sourceLine(innermost.place);
    const place = innermost === undefined ? 'an unknown place' : describeFrame(innermost);
    return source === undefined ? place : `${place} ("${source}")`;
  });
  const verbs = { runs: 'run', is: 'are' };
  return [
    `${counted(threads.length, noun)} ${threads.length === 1 ? verb : verbs[verb]} in ${listed(places)}`,
  ];
}

/** A clause for each lock that can be told apart; where none can, one for all. */
function describeLocked(locked: readonly Thread[], all: readonly Thread[], noun: string): string[] {
  const known = [...new Set(locked.map(({ lock }) => lock))];
  const left = known.length - MAX_PLACES;
  const clauses = known.slice(0, MAX_PLACES).map((lock) => {
    const waiting = locked.filter((thread) => thread.lock === lock);
    const many = waiting.length > 1;
    const what = many && lock !== undefined ? 'the same lock' : 'a lock';
    const says = `${counted(waiting.length, noun)} ${many ? 'wait' : 'waits'} for ${what} in ${placesOf(waiting)}`;
    const owner = all.find(({ holds = [] }) => lock !== undefined && holds.includes(lock));
    if (owner === undefined) return says;
    const where = describeFrame(callerOf(owner));
    return `${says}, which ${noun} "${owner.name ?? ''}" holds: it ${DOES[owner.doing](owner.state)} in ${where}`;
  });
  return [...clauses, ...(left > 0 ? [`others wait for ${left} more locks`] : [])];
}

function describeCalling(calling: readonly Thread[], noun: string): string[] {
  if (calling.length === 0) return [];
  const verb = calling.length === 1 ? 'waits' : 'wait';
  const many = `${counted(calling.length, noun)} ${verb}`;
  return [`${many} for an answer to a call made in ${placesOf(calling)}`];
}

/** No stack of Go tells who holds a lock; what follows if it is held, is sure. */
function adviceOn(
  locked: readonly Thread[],
  calling: readonly Thread[],
  serving: readonly Thread[],
): string {
  const [caller] = calling;
  const [server] = serving;
  if (locked.length === 0) return '';
  if (caller !== undefined) {
    const who = calling.length === 1 ? callerOf(caller).name : 'one of them';
    return ` If ${who} holds that lock during its call, the others wait as long as the call.`;
  }
  if (server === undefined) return '';
  const who = serving.length === 1 ? (server.frames.at(-1)?.name ?? 'it') : 'one of them';
  return ` If ${who} holds that lock meanwhile, the others wait for it.`;
}

/** The functions in which these threads were, without wrappers. */
function placesOf(threads: readonly Thread[]): string {
  return listed(threads.map((thread) => describeFrame(callerOf(thread))));
}

/** Each once, and the first few of them. */
function listed(places: readonly string[]): string {
  const different = [...new Set(places)];
  const named = different.slice(0, MAX_PLACES);
  const more = different.length - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more`])].join(', ');
}

function callerOf({ frames }: Thread): OwnFrame {
  const [innermost = { name: 'an unknown function', place: '' }] = frames;
  return frames.find(({ name }) => !WRAPPER.test(name)) ?? innermost;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
