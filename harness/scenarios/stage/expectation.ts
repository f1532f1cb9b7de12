/**
 * Failures that a scenario itself finds, because no checker can see them: an operation that
 * no server had the right to answer, or a price that is too high.
 */

import type { Operation } from '../../history/operation.js';
import { Unmet } from './endings.js';

/** Complains of an operation that was answered; `why` is a full sentence that says why it must not be. */
export function expectUnanswered(operation: Operation, why: string): void {
  if (operation.outcome !== 'ok') return;
  throw new Unmet({
    symptom: 'answered-without-right',
    says: why,
    operations: [operation],
  });
}

/** Complains of a price above its bound; `what` names it in the plural, such as "calls to the view service". */
export function expectAtMost(bound: number, paid: number, what: string, why: string): void {
  if (paid <= bound) return;
  const says = `There were ${Math.round(paid)} ${what}, but at most ${Math.round(bound)} were expected: ${why}`;
  throw new Unmet({ symptom: 'too-costly', says });
}
