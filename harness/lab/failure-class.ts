/** The kinds of failures. */

/**
 * What kind of failure: a broken promise, an answer that never came, a dead process, bad manners, more
 * calls or memory than the lab allows, a program that could not be built.
 */
export type FailureClass = 'safety' | 'liveness' | 'crash' | 'protocol' | 'cost' | 'build';

/** Failure classes from the most to the least telling; of several failures the first class leads. */
export const CLASS_ORDER: readonly FailureClass[] = [
  'safety',
  'crash',
  'protocol',
  'liveness',
  'cost',
  'build',
];
