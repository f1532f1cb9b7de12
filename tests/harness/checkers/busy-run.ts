/**
 * Large histories with fixed content: what clients that are never idle would have seen of a correct
 * register, and the same with a read that goes back in time. For tests and benchmarks of size.
 */

import type { Operation } from '../../../harness/history/operation.js';
import { randomFrom, type Random } from '../../../harness/ground/seed.js';

export interface BusyRun {
  clients: number;
  keys: number;
  operations: number;
  /** Share of the writes that are puts; the others are appends. */
  puts: number;
  /** Share of the writes that write again what an earlier one has written to that key. */
  repeated: number;
}

/** Half of the operations are reads. The same settings give the same history. */
export function busyRun(settings: BusyRun): Operation[] {
  const random = randomFrom(`busy run ${JSON.stringify(settings)}`);
  const written: Written = new Map();
  const free = Array.from({ length: settings.clients }, () => 0);
  const drawn = Array.from({ length: settings.operations }, (_, at) => {
    const client = free.indexOf(Math.min(...free));
    const callMs = (free[client] ?? 0) + random.float();
    const returnMs = callMs + 0.1 + random.float() * 5;
    free[client] = returnMs;
    const pointMs = callMs + random.float() * (returnMs - callMs);
    const operation = draw(settings, random, written, client, at);
    return { operation: { ...operation, callMs, returnMs }, pointMs };
  });
  const values = new Map<string, string>();
  for (const { operation } of drawn.toSorted((a, b) => a.pointMs - b.pointMs)) {
    const { op, key } = operation;
    const before = values.get(key) ?? '';
    if (op === 'get') operation.value = before;
    else values.set(key, (op === 'put' ? '' : before) + operation.value);
  }
  return drawn
    .map(({ operation }) => operation)
    .toSorted((a, b) => a.callMs - b.callMs)
    .map((operation, id) => ({ ...operation, id }));
}

type Written = Map<string, string[]>;

function draw(settings: BusyRun, random: Random, written: Written, client: number, at: number) {
  const key = `k${random.integer(0, settings.keys - 1)}`;
  const base = { id: at, client: `c${client}`, key, outcome: 'ok' as const };
  if (random.chance(0.5)) return { ...base, op: 'get' as const, value: '' };
  const op = random.chance(settings.puts) ? ('put' as const) : ('append' as const);
  const earlier = written.get(key) ?? [];
  const repeats = random.chance(settings.repeated) && earlier.length > 0;
  const value = repeats ? random.pick(earlier) : `x ${client} ${at} y`;
  earlier.push(value);
  written.set(key, earlier);
  return { ...base, op, value };
}

/** The same, but on every key the last read that can do so returns what an earlier one had returned. */
export function withStaleReads(operations: readonly Operation[]): Operation[] {
  const spoilt = operations.map((operation) => ({ ...operation }));
  for (const key of new Set(spoilt.map((operation) => operation.key))) {
    const reads = spoilt.filter((operation) => operation.key === key && operation.op === 'get');
    const last = reads.at(-1);
    const early = reads.find(({ value }) => value !== '' && value !== last?.value);
    if (last !== undefined && early !== undefined) last.value = early.value ?? '';
  }
  return spoilt;
}
