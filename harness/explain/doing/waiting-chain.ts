/** Says who waited for whom at the end of a run, from the calls that were open then. */

import { describeMs, previewKey } from '../../history/describe.js';
import { calleeOf, type TracedCall } from '../../history/trace.js';

/** A call that is open for less may only be slow, in ms. */
export const LONG_MS = 500;

/** Most processes named in one sentence. */
const MAX_STEPS = 5;

/** Most sentences. */
const MAX_CHAINS = 3;

/** A call that is not answered. */
interface Edge {
  from: string;
  to: string;
  /** About the call, in brackets; empty if nothing is known. */
  about: string;
}

export interface WaitingFacts {
  calls: readonly TracedCall[];
  /** Clients whose operation was overdue: with them a chain begins, if there are any. */
  clients: readonly string[];
  /** Processes that wait for an answer from themselves, with the method that they have called, or an empty text. */
  ownCalls: ReadonlyMap<string, string>;
  untilMs: number;
}

/** Sentences such as `c1 waits for pb1 (PBServer.Get, for 9.8 s), and pb1 waits for itself (PBServer.Copy).` */
export function describeWaiting(facts: WaitingFacts): string[] {
  const edges = [...openEdges(facts), ...ownEdges(facts)];
  const callers = [...new Set(edges.map(({ from }) => from))];
  const starts = facts.clients.filter((client) => callers.includes(client));
  const told = new Set<Edge>();
  const chains: string[] = [];
  for (const start of [...starts, ...callers]) {
    const chain = follow(start, edges, told);
    if (chain.length > 0 && chains.length < MAX_CHAINS) chains.push(describeChain(chain));
  }
  return chains;
}

/** The longest open call of each pair of processes. */
function openEdges({ calls, untilMs }: WaitingFacts): Edge[] {
  const longest = new Map<string, TracedCall>();
  for (const call of calls) {
    const { from, deliveredMs, repliedMs } = call;
    const isOpen = isAwaited(call) && deliveredMs !== undefined && repliedMs === undefined;
    if (!isOpen || untilMs - deliveredMs < LONG_MS) continue;
    const pair = `${from} ${calleeOf(call)}`;
    const known = longest.get(pair);
    if (known === undefined || call.startMs < known.startMs) longest.set(pair, call);
  }
  return [...longest.values()].map((call) => {
    const { from, number, method, startMs } = call;
    const name = method === undefined ? `call ${number}` : previewKey(method);
    return { from, to: calleeOf(call), about: `${name}, for ${lasting(untilMs - startMs)}` };
  });
}

/** A caller may end its side of a connection with the request, and still wait for the answer. */
function isAwaited({ ending, deliveredMs = 0, endMs = Infinity }: TracedCall): boolean {
  return ending === 'open' || (ending === 'caller hung up' && deliveredMs >= endMs);
}

function ownEdges({ ownCalls }: WaitingFacts): Edge[] {
  return [...ownCalls].map(([process, method]) => ({ from: process, to: process, about: method }));
}

/** From a process on to whom it waits for, and so on, as far as that was not told before. */
function follow(start: string, edges: readonly Edge[], told: Set<Edge>): Edge[] {
  const chain: Edge[] = [];
  let at = start;
  while (chain.length < MAX_STEPS) {
    const open = edges.filter((edge) => edge.from === at && !told.has(edge));
    // Who waits for itself never gets to anything else.
    const next = open.find(({ from, to }) => from === to) ?? open[0];
    if (next === undefined) break;
    told.add(next);
    chain.push(next);
    if (next.to === at) break;
    at = next.to;
  }
  return chain;
}

function describeChain(chain: readonly Edge[]): string {
  const clauses = chain.map(({ from, to, about }) => {
    const whom = from === to ? 'itself' : to;
    return `${from} waits for ${whom}${about === '' ? '' : ` (${about})`}`;
  });
  const [last] = chain.slice(-1);
  const closes =
    last !== undefined && last.from !== last.to && chain.some(({ from }) => from === last.to);
  const all =
    clauses.length === 1
      ? clauses.join('')
      : `${clauses.slice(0, -1).join(', ')}, and ${clauses.at(-1)}`;
  return closes ? `${all}: they wait for each other.` : `${all}.`;
}

function lasting(ms: number): string {
  return ms < 1000 ? describeMs(Math.round(ms)) : `${(ms / 1000).toFixed(1)} s`;
}
