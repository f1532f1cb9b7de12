/**
 * Decides a question about a key: from what its reads tell if that is enough, by search if it is not.
 */

import type { Operation } from '../../history/operation.js';
import { accountFor, type Account } from './value-order.js';
import { searchPlainly } from './plain-search.js';
import { poseProblem } from './problem.js';
import { search, type Answer, type Limits } from './order-search.js';
import type { PosedWrite } from './span.js';
import { sweep } from './register-sweep.js';
import { findTurns, type Turn } from './touching-operations.js';
import type { Answers } from './unanswered.js';
import type { Usefulness } from './usefulness.js';

/** The operations of one key that take part in its judgement. */
export interface KeyOperations {
  /** Gets that returned. */
  reads: readonly Operation[];
  /** Writes that took effect or may have. */
  writes: readonly Operation[];
  /** The possible writes of the unanswered puthashes among them. */
  answers: Answers;
}

/** A question about some of the operations of a key. */
export interface Question {
  reads: readonly Operation[];
  writes: readonly PosedWrite[];
  /** Those of the whole key. */
  answers: Answers;
  /** Who poses many questions about the same reads, or some of them, can hand in what helps them. */
  helps?: Usefulness;
}

export type Decision =
  | Exclude<Account, { answer: 'open' }>
  /** The search found no order, and does not know why; one of these sets of operations may be. */
  | { answer: 'no-order'; suspects: Operation[][] }
  | { answer: 'out-of-budget' };

function decide({ reads, writes, answers, helps }: Question, limits: Limits): Decision {
  const turns = findTurns(reads, writes);
  const account = accountFor(reads, writes, answers, turns);
  if (account.answer !== 'open') return account;
  const kinds = new Set(writes.map(({ operation }) => operation.op));
  const answer = kinds.has('puthash')
    ? searchPlainly(reads, writes, limits)
    : ((kinds.has('append') ? undefined : sweepInTurn(reads, writes, turns, limits)) ??
      search(poseProblem(reads, writes, helps), limits));
  return answer === 'no-order' ? { answer, suspects: account.suspects } : { answer };
}

/** A sweep cannot hold to turns; undefined if it matters. */
function sweepInTurn(
  reads: readonly Operation[],
  writes: readonly PosedWrite[],
  turns: readonly Turn[],
  limits: Limits,
): Answer | undefined {
  const answer = sweep(reads, writes, limits);
  if (answer !== 'linearizable' || turns.length === 0) return answer;
  return sweep(reads, writes, limits, turns) === 'linearizable' ? answer : undefined;
}

/** Decides one key of the recorded history. */
export function decideKey({ reads, writes, answers }: KeyOperations, limits: Limits): Decision {
  const posed = writes.map((operation) => ({ operation, relaxed: false }));
  return decide({ reads, writes: posed, answers }, limits);
}

/** Whether it is known that no order explains the operations. */
export function contradicts(question: Question, limits: Limits): boolean {
  const { answer } = decide(question, limits);
  return answer === 'contradiction' || answer === 'no-order';
}
