/**
 * Whether every operation that was given a deadline was done within it. A clerk retries until its
 * operation is done, so giving up is as much a failure as never answering. While the kit itself is in the
 * way of an operation, its deadline is postponed.
 */

import { describeMs, describeOperation } from '../history/describe.js';
import type { History, Operation } from '../history/operation.js';
import { failFinding, type FailFinding, type Finding } from '../lab/verdict.js';
import type { CheckContext, Checker } from './checker.js';
import { pickEvents } from './nearby-events.js';

const NAME = 'deadlines';

/** Late operations shown. */
const MAX_SHOWN = 3;

/** How long before the first late call an event may have been its cause, in ms. */
const LOOK_BACK_MS = 2_000;

export const deadlines: Checker = { name: NAME, check };

/** An operation with a deadline, in ms after its call. */
type BoundOperation = Operation & { deadlineMs: number };

function check(history: History, context: CheckContext): Finding {
  const bound = history.filter(hasDeadline);
  const late = bound.filter((operation) => isLate(operation, context.endMs)).toSorted(byCall);
  const [first] = late;
  if (first !== undefined) return fail(first, late, context);
  const says = `All ${bound.length} operations with a deadline were done in time.`;
  return { verdict: 'pass', by: NAME, says };
}

function hasDeadline(operation: Operation): operation is BoundOperation {
  return operation.deadlineMs !== undefined;
}

function isLate(operation: BoundOperation, endMs = Infinity): boolean {
  const { outcome, returnMs } = operation;
  if (returnMs === undefined) return dueMs(operation) <= endMs;
  return outcome !== 'ok' || returnMs > dueMs(operation);
}

/** When it has to be done, in ms since the start of the run. */
function dueMs({ callMs, deadlineMs, heldMs = 0 }: BoundOperation): number {
  return callMs + deadlineMs + heldMs;
}

function byCall(a: Operation, b: Operation): number {
  return a.callMs - b.callMs || a.id - b.id;
}

function fail(
  first: BoundOperation,
  late: readonly BoundOperation[],
  { timeline }: CheckContext,
): FailFinding {
  const operations = late.slice(0, MAX_SHOWN);
  const untilMs = Math.max(...operations.map(dueMs));
  const more = late.length > 1 ? ` Late operations in all: ${late.length}.` : '';
  return failFinding({
    by: NAME,
    rule: 'kv-clerk-retries',
    symptom: hasGivenUp(first) ? 'clerk-gave-up' : 'operation-timed-out',
    operation: first.op,
    says: `${describeLate(first)}${more}`,
    evidence: {
      operations,
      events: pickEvents(operations, timeline, first.callMs - LOOK_BACK_MS, untilMs),
    },
  });
}

/** The clerk answered that it did not do it. */
function hasGivenUp({ outcome, returnMs, error }: Operation): boolean {
  return outcome !== 'ok' && returnMs !== undefined && error !== undefined;
}

function describeLate(operation: BoundOperation): string {
  const { callMs, returnMs, deadlineMs, error = '', heldMs = 0 } = operation;
  const apart =
    heldMs === 0 ? '' : `, not counting ${describeMs(heldMs)} for which the kit held it up`;
  const subject = `${describeOperation(operation)}, asked at ${describeMs(callMs)}`;
  if (returnMs === undefined) {
    const why = error === '' ? '' : `: ${error}`;
    return `${subject}, had no answer within ${describeMs(deadlineMs)}${apart}${why}.`;
  }
  const took = describeMs(returnMs - callMs);
  if (!hasGivenUp(operation)) {
    return `${subject}, was answered after ${took}, but had to be done within ${describeMs(deadlineMs)}${apart}.`;
  }
  return `${subject}, was given up by its clerk after ${took} (${JSON.stringify(error.slice(0, 80))}), but a clerk retries until it is done.`;
}
