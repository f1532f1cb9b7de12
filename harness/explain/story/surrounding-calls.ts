/**
 * The calls a person needs beside a few operations and events: those that carried the operations, those that
 * were lost meanwhile, and what servers said to each other. It picks; it does not judge.
 */

import { VIEW_SERVICE } from '../../cluster/cluster.js';
import type { History, Operation } from '../../history/operation.js';
import type { TracedCall } from '../../history/trace.js';
import type { Evidence } from '../../lab/verdict.js';
import { foldAlike } from './alike.js';
import { writesAtOdds } from './at-odds.js';

/** Most calls of one piece of evidence. */
const MAX_CALLS = 12;

/** How far back calls are shown with events alone, in ms. */
const LOOK_BACK_MS = 500;

/** A call that took so long kept its caller from something, in ms. */
const LONG_MS = 100;

interface Span {
  fromMs: number;
  toMs: number;
}

interface Scope {
  /** Ids of the operations of the evidence. */
  ids: ReadonlySet<number>;
  /** Ids of other writes that these disagree about. */
  atOdds: ReadonlySet<number>;
  /** When each of them was under way. */
  spans: Span[];
  /** From the first to the last moment of the story. */
  whole: Span;
  clients: ReadonlySet<string>;
  /** The methods with which servers pass operations on. */
  forwarding: ReadonlySet<string>;
  /** Processes that ended by themselves: what was said to them and by them last may be why. */
  ended: ReadonlySet<string>;
}

/**
 * In order of time, equal ones in a row folded; of too many, the most telling and then the latest are
 * kept. Pings and lookups are left to the lane of views.
 */
export function surroundingCalls(
  evidence: Evidence,
  calls: readonly TracedCall[],
  history: History,
): TracedCall[] {
  const scope = scopeOf(evidence, history, calls);
  if (scope === undefined) return [];
  const weighed = calls
    .map((call) => ({ call, weight: weigh(call, scope) }))
    .filter(({ weight }) => weight > 0);
  return foldAlike(weighed)
    .toSorted((a, b) => b.weight - a.weight || b.call.startMs - a.call.startMs)
    .slice(0, MAX_CALLS)
    .map(({ call }) => call)
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** The first calls of a sample, equal ones in a row folded. */
export function sampleOf(calls: readonly TracedCall[]): TracedCall[] {
  return foldAlike(calls.map((call) => ({ call, weight: 1 })))
    .slice(0, MAX_CALLS)
    .map(({ call }) => call);
}

/** Undefined if calls cannot matter to the story. */
function scopeOf(
  { operations, events }: Evidence,
  history: History,
  calls: readonly TracedCall[],
): Scope | undefined {
  const lastMs = events.at(-1)?.atMs;
  if (operations.length === 0 && lastMs === undefined) return undefined;
  const spans = operations.map(spanOf);
  const shown =
    lastMs === undefined || spans.length > 0
      ? spans
      : [{ fromMs: lastMs - LOOK_BACK_MS, toMs: lastMs }];
  const clients = new Set(history.map(({ client }) => client));
  return {
    ids: new Set(operations.map(({ id }) => id)),
    atOdds: writesAtOdds(
      operations.filter(({ op }) => op === 'get'),
      history,
    ),
    spans: shown,
    whole: {
      fromMs: Math.min(...shown.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...shown.map(({ toMs }) => toMs)),
    },
    clients,
    forwarding: new Set(
      calls.flatMap(({ from, method, operation }) =>
        method === undefined || operation === undefined || clients.has(from) ? [] : method,
      ),
    ),
    ended: new Set(events.flatMap((event) => (event.kind === 'exited' ? event.process : []))),
  };
}

function spanOf({ callMs, returnMs = Infinity }: Operation): Span {
  return { fromMs: callMs, toMs: returnMs };
}

/** 0 if the call does not matter to the story. */
function weigh(call: TracedCall, scope: Scope): number {
  if (call.to === VIEW_SERVICE) return 0;
  const trouble = isTrouble(call);
  if (call.operation !== undefined && scope.ids.has(call.operation)) return trouble ? 6 : 5;
  if (isAtOdds(call, scope)) return trouble ? 3 : 2;
  if (!isDuring(call, scope.whole)) return 0;
  const near = scope.spans.some((span) => isDuring(call, span));
  if (near && trouble && (scope.ended.has(call.from) || scope.ended.has(call.to))) return 4;
  // The calls of other clients, and with them the forwards of those, are other stories.
  if (scope.clients.has(call.from)) return 0;
  if (near && isLong(call)) return 4;
  if (call.operation !== undefined) return 0;
  if (near && trouble) return 3;
  if (trouble) return 1;
  // A transfer, or a call that may be one; a call without a known operation is left out.
  return call.method !== undefined && scope.forwarding.has(call.method) ? 0 : 2;
}

function isAtOdds({ operation, from }: TracedCall, { atOdds, clients }: Scope): boolean {
  return operation !== undefined && atOdds.has(operation) && !clients.has(from);
}

function isTrouble({ ending, fault, error }: TracedCall): boolean {
  return ending !== 'answered' || fault !== undefined || error !== undefined;
}

function isLong({ startMs, endMs = Infinity }: TracedCall): boolean {
  return endMs - startMs >= LONG_MS;
}

function isDuring({ startMs, endMs = Infinity, deliveredMs = 0 }: TracedCall, span: Span): boolean {
  return startMs <= span.toMs && Math.max(endMs, deliveredMs) >= span.fromMs;
}
