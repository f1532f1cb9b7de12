/** Puts together what the programs of a run were doing at its end: what they say themselves, and what the relays saw. */

import { isAbsolute, join, normalize } from 'node:path';
import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { Inquiry } from '../../cluster/inquiry.js';
import { readTextIfPresent } from '../../ground/read-regular-file.js';
import type { History } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';
import type { Doing } from '../../lab/doing.js';
import { foldThreads, type ReadSource } from '../../printed/stacks/fold-threads.js';
import { readDump } from '../../printed/stacks/read-dump.js';
import { shown, type Thread, type ThreadDump } from '../../printed/stacks/thread.js';
import { describeBusyLoops } from './busy-loop.js';
import { describeWaiting, LONG_MS } from './waiting-chain.js';

/** A larger file is not written by a person. */
const MOST_SOURCE_BYTES = 1024 * 1024;

export interface DoingFacts {
  inquiry: Inquiry;
  calls: readonly TracedCall[];
  timeline: readonly TimelineEvent[];
  operations: History;
  /** Folder of the submission, in which its sources are. */
  root: string;
  pingIntervalMs: number;
  untilMs: number;
}

/** Undefined if there is nothing to say. */
export function findDoing(facts: DoingFacts): Doing | undefined {
  const { inquiry, operations } = facts;
  const dumps = [...inquiry.stacks].flatMap(([process, text]) => {
    const dump = readDump(text);
    return dump === undefined ? [] : [[process, withBriefCalls(process, dump, facts)] as const];
  });
  const unanswered = operations.filter(({ returnMs }) => returnMs === undefined);
  const ownCalls = ownCallsOf(new Map(dumps), facts);
  const connected = [...inquiry.ownConnections.keys()].filter((process) => !ownCalls.has(process));
  const waits = [
    ...describeWaiting({ ...facts, clients: unanswered.map(({ client }) => client), ownCalls }),
    ...connected.map((process) => `${process} has an open connection to itself.`),
    ...describeBusyLoops({ ...facts, viewService: VIEW_SERVICE, servers: serversOf(facts) }),
    ...inquiry.frozen.map((process) => `The kit had frozen ${process}.`),
  ];
  const sourceLine = readerOf(facts.root);
  const clients = new Set(operations.map(({ client }) => client));
  const rank = (process: string) => (clients.has(process) ? 2 : process === VIEW_SERVICE ? 1 : 0);
  const processes = dumps
    .toSorted(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other))
    .map(([process, dump]) => foldThreads(process, dump, sourceLine));
  return waits.length + processes.length === 0 ? undefined : { waits, processes };
}

/** A process of which no call has been open for long has only just begun those that it waits for, such as a ping. */
function withBriefCalls(
  process: string,
  dump: ThreadDump,
  { calls, inquiry, untilMs }: DoingFacts,
): ThreadDump {
  const waits = calls.some(
    ({ from, startMs, ending }) =>
      from === process && ending === 'open' && untilMs - startMs >= LONG_MS,
  );
  if (waits || inquiry.ownConnections.has(process)) return dump;
  const threads = dump.threads.map((thread): Thread =>
    thread.doing === 'call' ? { ...thread, doing: 'brief' } : thread,
  );
  return { ...dump, threads };
}

/** Who has ever called the view service and is not a client. */
function serversOf({ calls, operations }: DoingFacts): string[] {
  const clients = new Set(operations.map(({ client }) => client));
  return [...new Set(calls.map(({ from }) => from))].filter((from) => !clients.has(from));
}

/** The processes that are connected to themselves and have not answered such a call, with its method if that is known. */
function ownCallsOf(
  dumps: ReadonlyMap<string, ThreadDump>,
  { inquiry, calls }: DoingFacts,
): Map<string, string> {
  return new Map(
    [...inquiry.ownConnections.keys()].flatMap((process) => {
      const threads = dumps.get(process)?.threads ?? [];
      if (!threads.some(({ doing }) => doing === 'call')) return [];
      const served = threads.flatMap(({ serves }) => serves ?? []);
      const brought = calls.filter(
        ({ to, reached = to, deliveredMs, repliedMs }) =>
          reached === process && deliveredMs !== undefined && repliedMs === undefined,
      );
      const own = [...new Set(served)].filter(
        (method) =>
          count(served, (one) => one === method) > count(brought, (call) => call.method === method),
      );
      return own.length === 1 ? [[process, own.join('')] as const] : [];
    }),
  );
}

function count<T>(items: readonly T[], isMeant: (item: T) => boolean): number {
  return items.filter(isMeant).length;
}

/** Reads single lines of files in the folder of a submission. */
function readerOf(root: string): ReadSource {
  const files = new Map<string, string[] | undefined>();
  return (place) => {
    const [, file = '', line = ''] = /^(.*):(\d+)$/s.exec(place) ?? [];
    if (file === '' || isAbsolute(file) || normalize(file).startsWith('..')) return undefined;
    if (!files.has(file)) files.set(file, linesOf(root, file));
    const text = files.get(file)?.[Number(line) - 1]?.trim();
    return text === undefined || text === '' ? undefined : shown(text);
  };
}

/** The name comes from what a program has printed: it must not lead out of the submission. */
function linesOf(root: string, file: string): string[] | undefined {
  try {
    const reading = { links: { inside: root }, limitBytes: MOST_SOURCE_BYTES };
    return readTextIfPresent(join(root, file), reading)?.split('\n');
  } catch {
    return undefined;
  }
}
