/**
 * What a scenario itself holds against a submission, where no checker can see it: an operation that
 * nobody had the right to answer, or a price that is too high. chai's `expect` does for the rest; but
 * what is thrown here comes with the operations that prove it, and says what kind of failure it is.
 */

import type { Operation } from '../../history/operation.js';
import type { FailureClass } from '../../verdict.js';

export interface Disappointment {
  class: FailureClass;
  /** What was observed, from a small fixed vocabulary. */
  symptom: string;
  /** One full sentence for a student: what was seen, and what was expected. */
  says: string;
  /** Those that prove it. */
  operations?: readonly Operation[];
}

/** Thrown to leave the scenario; the run makes a finding of it. */
export class BrokenExpectation extends Error {
  constructor(readonly facts: Disappointment) {
    super(facts.says);
    this.name = 'BrokenExpectation';
  }
}

/** Complains of an operation that was answered; `why` is a full sentence that says why it must not be. */
export function expectUnanswered(operation: Operation, why: string): void {
  if (operation.outcome !== 'ok') return;
  throw new BrokenExpectation({
    class: 'safety',
    symptom: 'answered-without-right',
    says: why,
    operations: [operation],
  });
}

/** Complains of a price above its bound; `what` names it in the plural, such as "calls to the view service". */
export function expectAtMost(bound: number, paid: number, what: string, why: string): void {
  if (paid <= bound) return;
  const says = `There were ${Math.round(paid)} ${what}, but at most ${Math.round(bound)} were expected: ${why}`;
  throw new BrokenExpectation({ class: 'cost', symptom: 'too-costly', says });
}
