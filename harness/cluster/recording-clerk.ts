/** A client over a clerk process: each operation is recorded from its call to its return. */

import type { Clock } from '../ground/clock.js';
import { describeOperation } from '../history/describe.js';
import type { Operation, OperationKind } from '../history/operation.js';
import type { PendingOperation, Recorder } from '../history/recorder.js';
import { failFinding, type FailFinding } from '../lab/verdict.js';
import { breach, HeldByKit, type Breach } from './contract-broken.js';
import { DEFAULT_DEADLINE_MS, type Clerk, type OperationOptions } from './cluster.js';
import { startDeadline, type RunOut } from './deadline.js';
import { errorOf, type Conversation } from './clerk-lines.js';
import type { Obstacle } from './obstruction.js';
import type { Silence } from './owed-answer.js';

/** Who speaks in the finding of an overdue operation. */
export const OVERDUE = 'clerk';

/** Thrown to leave the scenario when an operation is overdue or was given up by its clerk. */
export class OperationOverdue extends Error {
  readonly finding: FailFinding;

  constructor(operation: Operation) {
    const gaveUp = operation.returnMs !== undefined;
    const says = `${describeOperation(operation)} was ${gaveUp ? 'given up by its clerk' : 'not answered in time'}.`;
    super(says);
    this.name = 'OperationOverdue';
    this.finding = failFinding({
      by: OVERDUE,
      rule: 'kv-clerk-retries',
      symptom: gaveUp ? 'clerk-gave-up' : 'operation-timed-out',
      operation: operation.op,
      says,
      evidence: { operations: [operation], events: [] },
    });
  }
}

export interface ClerkOptions {
  name: string;
  conversation: Conversation;
  recorder: Recorder;
  clock: Clock;
  /** Obstructions by the kit in the way of this client's operation; see `Obstructions`. */
  obstruction: () => Obstacle | undefined;
  /** Who owes the answer to what this client was asked at this time, in ms. */
  silence: (sinceMs: number) => Silence;
  onBreach: (breach: Breach) => void;
}

/** How much longer the first answer of a clerk may take, whose process has only just been started, in ms. */
const STARTING_MS = 10_000;

export function createClerk(given: ClerkOptions): Clerk {
  const { name, conversation, recorder, clock, obstruction, onBreach } = given;
  let hasAnswered = false;

  const ask = async (
    op: OperationKind,
    key: string,
    value: string | undefined,
    options: OperationOptions = {},
  ): Promise<Operation> => {
    const { deadlineMs: allowedMs = DEFAULT_DEADLINE_MS, mayHang = false, until } = options;
    // What takes long at first is the start of the process, unless it must not be answered anyway.
    const deadlineMs = hasAnswered || mayHang ? allowedMs : allowedMs + STARTING_MS;
    const pending = recorder.call({
      client: name,
      op,
      key,
      ...(value === undefined ? {} : { value }),
      ...(mayHang ? {} : { deadlineMs }),
    });
    const request = value === undefined ? { op, key } : { op, key, value };
    const calledMs = clock.now();
    // What may hang is only listened to, for a time that the kit may spend in its way.
    const limits = { deadlineMs, ...clock, onHeld: pending.held };
    const deadline =
      until === undefined
        ? startDeadline({ ...limits, obstruction: mayHang ? () => undefined : obstruction })
        : { runOut: until.then((): RunOut => ({ kind: 'overdue' })), stop: () => {} };
    const answered = conversation.ask(request).then((one) => ({ kind: 'answered', one }) as const);
    const end = await Promise.race([answered, deadline.runOut]);
    deadline.stop();
    if (end.kind !== 'answered') {
      if (mayHang) return pending.indefinite('no answer');
      throw overdue(pending, calledMs, end);
    }
    const answer = end.one;
    hasAnswered = true;
    if (!answer.ok) {
      // "I gave up" does not tell whether an earlier try was executed, or will be.
      throw new OperationOverdue(pending.gaveUp(errorOf(answer)));
    }
    if (op !== 'get' && op !== 'puthash') return pending.ok();
    if (typeof answer['value'] === 'string') return pending.ok(answer['value']);
    const says = `${name} answered a ${op} without a value: ${JSON.stringify(answer).slice(0, 80)}`;
    onBreach(breach({ rule: 'kit-clerk', symptom: 'clerk-garbage', says }));
    throw new OperationOverdue(pending.indefinite('no value in the answer'));
  };
  const overdue = (pending: PendingOperation, sinceMs: number, runOut: RunOut): Error => {
    if (runOut.kind === 'held') {
      const operation = pending.indefinite(runOut.by);
      return new HeldByKit(`${describeOperation(operation)} was not answered`, runOut.by);
    }
    return new OperationOverdue(pending.indefinite(whyOverdue(given, sinceMs)));
  };
  return {
    name,
    get: (key, more) => ask('get', key, undefined, more),
    put: (key, value, more) => ask('put', key, value, more),
    append: (key, value, more) => ask('append', key, value, more),
    puthash: (key, value, more) => ask('puthash', key, value, more),
  };
}

/** Why what a client was asked at this time has no answer, as a clause. */
function whyOverdue({ name, conversation, silence }: ClerkOptions, sinceMs: number): string {
  const { unfinishedBytes: bytes } = conversation;
  return bytes === 0
    ? silence(sinceMs).says
    : `${name} printed ${bytes} bytes on standard output without a line feed after them`;
}
