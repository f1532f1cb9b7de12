/**
 * Small random histories of one key, for holding checkers against each other: runs of a correct
 * register with overlapping operations, failed and indefinite operations, and the same with one read
 * tampered with. Written values are unique, or few of them are repeated, or most.
 */

import * as fc from 'fast-check';
import { putHashOf } from '../../../reference/protocol.js';
import type { Operation } from '../../../harness/history/operation.js';

/** What is drawn for one operation; times are small whole numbers, so that many coincide. */
interface Draw {
  op: Operation['op'];
  value: string;
  callMs: number;
  spanMs: number;
  /** When it takes effect: so far into its span, from 0 to 1. */
  point: number;
  outcome: Operation['outcome'];
  /** For an indefinite write: how long after its call it takes effect; never if that is negative. */
  delayMs: number;
  /** For an indefinite write: its clerk answered that it gave up. */
  gaveUp: boolean;
}

interface Tampering {
  /** Which read. */
  at: number;
  /** What is put together to make its value, by place among the written values; none gives "". */
  parts: number[];
  /** Whether that is hashed as a puthash would. */
  hashed: boolean;
}

/** How often a value is written again. */
export type Repetition = 'unique' | 'few' | 'many';

const VALUES = ['a', 'b', 'c', 'ab', 'ba', ''];

const REPEATED: Record<Repetition, fc.Arbitrary<boolean>> = {
  unique: fc.constant(false),
  few: fc.nat({ max: 3 }).map((draw) => draw === 0),
  many: fc.constant(true),
};

const draw: fc.Arbitrary<Draw> = drawOf('get', 'get', 'put', 'append', 'append');
const hashDraw: fc.Arbitrary<Draw> = drawOf(
  'get',
  'put',
  'append',
  'puthash',
  'puthash',
  'puthash',
);

const registerDraw: fc.Arbitrary<Draw> = drawOf('get', 'get', 'put');

function drawOf(...kinds: Operation['op'][]): fc.Arbitrary<Draw> {
  return fc.record({
    op: fc.constantFrom(...kinds),
    value: fc.constantFrom('a', 'b', 'a', 'b', ...VALUES),
    callMs: fc.integer({ min: 0, max: 14 }),
    spanMs: fc.integer({ min: 0, max: 8 }),
    point: fc.integer({ min: 0, max: 4 }).map((quarter) => quarter / 4),
    outcome: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'ok', 'indefinite', 'indefinite', 'failed'),
    delayMs: fc.integer({ min: -6, max: 14 }),
    gaveUp: fc.boolean(),
  });
}

const tampering: fc.Arbitrary<Tampering | undefined> = fc.option(
  fc.record({
    at: fc.nat({ max: 20 }),
    parts: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
    hashed: fc.boolean(),
  }),
  { nil: undefined },
);

/** Histories of at most `maxLength` operations; about half have a read whose value was replaced. */
export function smallHistories(
  maxLength: number,
  repetition: Repetition = 'many',
): fc.Arbitrary<Operation[]> {
  return histories(draw, maxLength, repetition);
}

/** The same with puthashes. */
export function smallHashHistories(
  maxLength: number,
  repetition: Repetition,
): fc.Arbitrary<Operation[]> {
  return histories(hashDraw, maxLength, repetition);
}

/** The same with gets and puts only. */
export function smallRegisterHistories(
  maxLength: number,
  repetition: Repetition = 'many',
): fc.Arbitrary<Operation[]> {
  return histories(registerDraw, maxLength, repetition);
}

/**
 * The operations given to few clients, each of which goes on at the very time at which it has been answered, if the
 * times allow it.
 */
export function withFewClients(operations: readonly Operation[]): Operation[] {
  const freeFrom: number[] = [];
  const ends = operations.toSorted(
    (a, b) => a.callMs - b.callMs || endOf(a) - endOf(b) || a.id - b.id,
  );
  const clients = new Map<number, string>();
  for (const operation of ends) {
    const fitting = freeFrom.findIndex((ms) => ms <= operation.callMs);
    const client = fitting === -1 ? freeFrom.length : fitting;
    freeFrom[client] = operation.returnMs ?? operation.callMs;
    clients.set(operation.id, `c${client}`);
  }
  return operations.map((operation) => ({ ...operation, client: clients.get(operation.id) ?? '' }));
}

/** The same, and some operations are followed at once, by their client, by an append of "". */
export function withEmptyAppends(drawn: fc.Arbitrary<Operation[]>): fc.Arbitrary<Operation[]> {
  return fc
    .tuple(drawn, fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 2 }))
    .map(([operations, places]) => {
      const chosen = new Set(places.map((place) => place % operations.length));
      return withFewClients(operations)
        .flatMap((operation, at) =>
          chosen.has(at) ? [operation, emptyAppendAfter(operation)] : [operation],
        )
        .map((operation, id) => ({ ...operation, id }));
    });
}

function emptyAppendAfter({ client, key, callMs, returnMs: atMs = callMs }: Operation): Operation {
  return {
    id: 0,
    client,
    op: 'append',
    key,
    value: '',
    callMs: atMs,
    returnMs: atMs,
    outcome: 'ok',
  };
}

function endOf({ returnMs = Number.POSITIVE_INFINITY }: Operation): number {
  return returnMs;
}

function histories(
  drawn: fc.Arbitrary<Draw>,
  maxLength: number,
  repetition: Repetition,
): fc.Arbitrary<Operation[]> {
  const repeated = fc.tuple(drawn, REPEATED[repetition]);
  return fc
    .tuple(fc.array(repeated, { minLength: 1, maxLength }), tampering)
    .map(([draws, change]) => {
      const valued = draws.map(([one, repeats], at) =>
        repeats ? one : { ...one, value: `(${at})` },
      );
      return tamper(execute(valued), change);
    });
}

/** What a correct register answers to appends of unique values and, perhaps, one put before them. */
export function correctLogs(maxLength: number): fc.Arbitrary<Operation[]> {
  return fc.array(draw, { minLength: 1, maxLength }).map((draws) =>
    execute(
      draws.map((drawn, at) => {
        const isStart = drawn.op === 'put' && at === 0;
        if (isStart) return { ...drawn, value: '(0)', callMs: -9 };
        return { ...drawn, op: drawn.op === 'put' ? 'append' : drawn.op, value: `(${at})` };
      }),
    ),
  );
}

/** What a correct register would have answered. */
function execute(draws: readonly Draw[]): Operation[] {
  const operations = draws
    .toSorted((a, b) => a.callMs - b.callMs)
    .map((drawn, id) => ({ drawn, operation: toOperation(drawn, id) }));
  let value = '';
  const inOrder = operations.toSorted((a, b) => effectMs(a.drawn) - effectMs(b.drawn));
  for (const { drawn, operation } of inOrder) {
    if (operation.op === 'get') {
      if (operation.outcome === 'ok') operation.value = value;
    } else if (takesEffect(drawn)) {
      if (operation.op === 'puthash' && operation.outcome === 'ok') operation.returned = value;
      value = valueAfter(drawn, value);
    }
  }
  return operations.map(({ operation }) => operation);
}

function toOperation({ op, value, callMs, spanMs, outcome, gaveUp }: Draw, id: number): Operation {
  return {
    id,
    client: `c${id}`,
    op,
    key: 'k',
    ...(op === 'get' ? {} : { value }),
    callMs,
    ...(outcome === 'indefinite' && !gaveUp ? {} : { returnMs: callMs + spanMs }),
    outcome,
  };
}

function takesEffect({ outcome, delayMs }: Draw): boolean {
  return outcome === 'ok' || (outcome === 'indefinite' && delayMs >= 0);
}

function effectMs({ outcome, callMs, spanMs, point, delayMs }: Draw): number {
  return outcome === 'indefinite' ? callMs + delayMs : callMs + spanMs * point;
}

function valueAfter({ op, value }: Draw, before: string): string {
  if (op === 'puthash') return putHashOf(before, value);
  return op === 'put' ? value : before + value;
}

function tamper(operations: Operation[], change: Tampering | undefined): Operation[] {
  const reads = operations.filter(
    ({ op, outcome }) => (op === 'get' || op === 'puthash') && outcome === 'ok',
  );
  const read = change && reads[change.at % reads.length];
  if (read === undefined) return operations;
  const written = operations.flatMap(({ op, value = '' }) => (op === 'get' ? [] : [value]));
  const parts = change?.parts.map((part) => written[part % written.length] ?? '') ?? [];
  const text =
    change?.hashed === true && operations.some(({ op }) => op === 'puthash')
      ? putHashOf(parts[0] ?? '', parts[1] ?? '')
      : parts.join('');
  if (read.op === 'get') read.value = text;
  else read.returned = text;
  return operations;
}
