/**
 * Records operations while a run is going on: a call now, its end later. It keeps facts and the clock
 * it is given; it starts nothing, times nothing out and judges nothing.
 */

import type { Operation, OperationKind } from './operation.js';

/** The request that a client is about to send. */
export interface OperationCall {
  client: string;
  op: OperationKind;
  key: string;
  /** The value of an update; absent for a get. */
  value?: string;
  /** How long the scenario gives it, in ms from now. */
  deadlineMs?: number;
}

/**
 * An operation under way. It is ended once, by one of the four, which return what was recorded; ending
 * it again throws.
 */
export interface PendingOperation {
  readonly id: number;
  /** How long the kit itself has been in its way so far, in ms. */
  held(ms: number): void;
  /** The clerk said it is done; a get comes with its value, a puthash with the value before. */
  ok(value?: string): Operation;
  /** It surely had no effect and will have none. */
  failed(error: string): Operation;
  /** The clerk answered that it gave up: the operation may still have taken effect. */
  gaveUp(error: string): Operation;
  /** No answer came, for the reason given (time is up, the clerk died): it stays open for ever. */
  indefinite(error: string): Operation;
}

export interface Recorder {
  /** Notes the call at the present time. Throws if the client has an operation under way. */
  call(call: OperationCall): PendingOperation;
  /** Copies of all operations in the order of calls; one under way reads as indefinite. */
  operations(): Operation[];
  /** Those that have not been ended. */
  underWay(): readonly Operation[];
  /** How many have been called so far. */
  count(): number;
}

/** Hears of operations while they are recorded. */
export interface RecorderListener {
  called(operation: Operation): void;
  /** The operation as it was recorded. */
  ended(operation: Operation): void;
}

/** Longest text kept of what a clerk said instead of success, in characters. */
const MAX_ERROR_LENGTH = 500;

/** Between two times that are noted one after the other lies at least this, in ms. */
const STEP_MS = 0.001;

/**
 * A recorder of one run; `clock` gives the time since the start of the run in ms, fractions kept. On a virtual clock much
 * happens at one time. What is noted later is noted with a later time all the same: a call that was made after a return did
 * not overlap it, which is what checkers go by.
 */
export function createRecorder(clock: () => number, listener?: RecorderListener): Recorder {
  let latestMs = -Infinity;
  const now = () => {
    const nowMs = clock();
    latestMs = nowMs > latestMs ? nowMs : Math.round((latestMs + STEP_MS) * 1000) / 1000;
    return latestMs;
  };
  const operations: Operation[] = [];
  const busy = new Map<string, Operation>();
  return {
    call(call) {
      if (busy.has(call.client)) {
        throw new Error(`recorder: ${call.client} already has an operation under way`);
      }
      const operation = open(operations.length, call, now());
      busy.set(call.client, operation);
      operations.push(operation);
      listener?.called(operation);
      return pend(operation, now, () => {
        busy.delete(call.client);
        listener?.ended(operation);
      });
    },
    operations: () => operations.map((operation) => ({ ...operation })),
    underWay: () => [...busy.values()],
    count: () => operations.length,
  };
}

function open(id: number, call: OperationCall, callMs: number): Operation {
  const { client, op, key, value, deadlineMs } = call;
  return {
    id,
    client,
    op,
    key,
    ...(value === undefined ? {} : { value }),
    callMs,
    outcome: 'indefinite',
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}

function pend(operation: Operation, now: () => number, release: () => void): PendingOperation {
  let ended = false;
  const end = (facts: Partial<Operation>) => {
    if (ended) throw new Error(`recorder: operation ${operation.id} was ended twice`);
    ended = true;
    Object.assign(operation, facts);
    release();
    return { ...operation };
  };
  return {
    id: operation.id,
    held: (ms) => void (operation.heldMs = ms),
    ok: (value) =>
      end({
        outcome: 'ok',
        returnMs: now(),
        ...(value === undefined ? {} : answered(operation.op, value)),
      }),
    failed: (error) => end({ outcome: 'failed', returnMs: now(), error: bound(error) }),
    gaveUp: (error) => end({ outcome: 'indefinite', returnMs: now(), error: bound(error) }),
    indefinite: (error) => end({ outcome: 'indefinite', error: bound(error) }),
  };
}

function answered(op: OperationKind, value: string): Partial<Operation> {
  if (op === 'puthash') return { returned: value };
  return op === 'get' ? { value } : {};
}

function bound(error: string): string {
  return error.slice(0, MAX_ERROR_LENGTH);
}
