/**
 * Which server was given which write, when, and by which call, as far as the calls of a run show it. It says what was
 * given, not what was executed: a program may throw away what it is given.
 */

import { isRecord } from '../../../reference/protocol.js';
import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { Belief } from '../../history/beliefs.js';
import type { History, Operation } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';

export interface Receipt {
  server: string;
  call: TracedCall;
  /** When the server had it, in ms. */
  atMs: number;
  /** A client's call, a call with operations, or one that has the state of a server. */
  way: 'client' | 'forward' | 'state';
  fate: Fate;
}

/** What became of a call that was delivered: `answer lost` if its caller never had the answer. */
export type Fate = 'answered' | 'answer lost' | 'refused' | 'never answered';

/** The facts of one run, indexed by what the files of this folder ask for. */
export interface Trace {
  operations: History;
  timeline: readonly TimelineEvent[];
  beliefs: readonly Belief[];
  /** The calls between clients and servers. */
  calls: readonly TracedCall[];
  clients: ReadonlySet<string>;
  /** Methods of which most calls have several writes, or none. */
  stateMethods: ReadonlySet<string>;
}

export function indexTrace({
  operations,
  timeline,
  calls,
  beliefs,
}: Pick<Trace, 'operations' | 'timeline' | 'calls' | 'beliefs'>): Trace {
  const clients = new Set(operations.map(({ client }) => client));
  const among = calls.filter(({ from, to }) => to !== VIEW_SERVICE && from !== VIEW_SERVICE);
  return {
    operations,
    timeline,
    beliefs,
    calls: among,
    clients,
    stateMethods: findStateMethods(among.filter(({ from }) => !clients.has(from))),
  };
}

/** Several writes in one call may also be a batch of operations, but not in most of them. */
function findStateMethods(calls: readonly TracedCall[]): Set<string> {
  const methods = new Set(calls.flatMap(({ method = [] }) => method));
  return new Set(
    [...methods].filter((method) => {
      const own = calls.filter((call) => call.method === method);
      const forwards = own.filter(
        ({ operation, holds = [] }) => operation !== undefined && holds.length <= 1,
      );
      return 2 * forwards.length < own.length && own.some(({ holds = [] }) => holds.length > 0);
    }),
  );
}

/** Whether a call has the state of its sender. */
export function isState({ stateMethods, clients }: Trace, call: TracedCall): boolean {
  if (clients.has(call.from)) return false;
  if (call.method === undefined) return (call.holds?.length ?? 0) > 1;
  return stateMethods.has(call.method);
}

/** Every time at which any server had the write brought to it, in order of time. */
export function receiptsOf(write: Operation, trace: Trace): Receipt[] {
  return trace.calls
    .flatMap((call): Receipt[] => [...asReceipt(call, write, trace), ...asPulled(call, write)])
    .toSorted((a, b) => a.atMs - b.atMs);
}

function asReceipt(call: TracedCall, write: Operation, trace: Trace): Receipt[] {
  const { deliveredMs } = call;
  if (deliveredMs === undefined || !carries(call, write)) return [];
  const way = trace.clients.has(call.from) ? 'client' : isState(trace, call) ? 'state' : 'forward';
  return [{ server: calleeOf(call), call, atMs: deliveredMs, way, fate: fateOf(call) }];
}

/** A server that asks for the state has it with the answer. */
function asPulled(call: TracedCall, { id }: Operation): Receipt[] {
  const { endMs, ending, returns = [], operation } = call;
  if (endMs === undefined || ending !== 'answered' || operation !== undefined) return [];
  if (!returns.includes(id)) return [];
  return [{ server: call.from, call, atMs: endMs, way: 'state', fate: 'answered' }];
}

/** Whether the call has the write. */
export function carries({ operation, holds = [] }: TracedCall, { id }: Operation): boolean {
  return operation === id || holds.includes(id);
}

export function fateOf({ repliedMs, error, result, ending }: TracedCall): Fate {
  if (repliedMs === undefined) return 'never answered';
  if (error !== undefined || saysNo(result)) return 'refused';
  return ending === 'answered' ? 'answered' : 'answer lost';
}

/** As in the stock lab, where the result of a call has an error in a field. A missing key is not a refusal. */
function saysNo(result: unknown): boolean {
  if (!isRecord(result)) return false;
  return Object.entries(result).some(
    ([name, value]) =>
      /^err(?:or)?$/i.test(name) && typeof value === 'string' && !/^(?:ok|errnokey|)$/i.test(value),
  );
}

/** When the server began to run for the last time before then, in ms. */
export function startOf(server: string, { timeline }: Trace, untilMs: number): number {
  const starts = timeline.filter(
    (event) => event.kind === 'started' && event.process === server && event.atMs <= untilMs,
  );
  return starts.at(-1)?.atMs ?? 0;
}

/** Whether no call to the server is missing from the trace, of which only the first and the last of too many are kept. */
export function isWhole(server: string, { calls }: Trace): boolean {
  const next = new Map<string, number>();
  return calls.every(({ from, to, number, again }) => {
    if (to !== server) return true;
    const expected = next.get(from) ?? 1;
    next.set(from, (again?.lastNumber ?? number) + 1);
    return number === expected;
  });
}

/**
 * Whether the trace shows all that the server was given by others: no call is missing, each can be read, and values
 * pass the wire as they are. A large message without any known value may have them in another form.
 */
export function isReadable(server: string, trace: Trace): boolean {
  const given = trace.calls.filter(
    (call) =>
      calleeOf(call) === server && !trace.clients.has(call.from) && call.deliveredMs !== undefined,
  );
  return isWhole(server, trace) && given.every((call) => isClear(call, trace));
}

/** Longest arguments without any known value that cannot be a state, in characters. */
const MAX_SMALL = 120;

function isClear({ operation, holds, method, args }: TracedCall, { calls }: Trace): boolean {
  if (operation !== undefined) return true;
  if (holds === undefined || method === undefined) return false;
  if (holds.length > 0) return true;
  const isPlain = calls.some((one) => (one.holds?.length ?? 0) > 0);
  return isPlain && (JSON.stringify(args)?.length ?? Infinity) <= MAX_SMALL;
}
