/**
 * Small random histories of one key, for holding checkers against each other: runs of a correct
 * register with overlapping operations, repeated values, failed and indefinite operations, and the
 * same with one read tampered with.
 */

import * as fc from 'fast-check';
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
  at: number;
  value: string;
}

const VALUES = ['a', 'b', 'c', 'ab', 'ba', ''];

const draw: fc.Arbitrary<Draw> = fc.record({
  op: fc.constantFrom('get', 'get', 'put', 'append', 'append'),
  value: fc.constantFrom('a', 'b', 'a', 'b', ...VALUES),
  callMs: fc.integer({ min: 0, max: 14 }),
  spanMs: fc.integer({ min: 0, max: 8 }),
  point: fc.integer({ min: 0, max: 4 }).map((quarter) => quarter / 4),
  outcome: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'ok', 'indefinite', 'indefinite', 'failed'),
  delayMs: fc.integer({ min: -6, max: 14 }),
  gaveUp: fc.boolean(),
});

const tampering: fc.Arbitrary<Tampering | undefined> = fc.option(
  fc.record({
    at: fc.nat({ max: 20 }),
    value: fc
      .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
      .map((parts) => parts.join('')),
  }),
  { nil: undefined },
);

/** Histories of at most `maxLength` operations; about half have a read whose value was replaced. */
export function smallHistories(maxLength: number): fc.Arbitrary<Operation[]> {
  return fc
    .tuple(fc.array(draw, { minLength: 1, maxLength }), tampering)
    .map(([draws, change]) => tamper(execute(draws), change));
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
      value = (operation.op === 'put' ? '' : value) + drawn.value;
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

function tamper(operations: Operation[], change: Tampering | undefined): Operation[] {
  const reads = operations.filter(({ op, outcome }) => op === 'get' && outcome === 'ok');
  const read = change && reads[change.at % reads.length];
  if (read !== undefined) read.value = change?.value ?? '';
  return operations;
}
