/** The kinds of failures. */

/** Failure classes from the most to the least telling; of several failures the first class leads. */
export const CLASS_ORDER = ['safety', 'crash', 'protocol', 'liveness', 'cost', 'build'] as const;

/**
 * What kind of failure: a broken promise, a dead process, bad manners, an answer that never came, more
 * calls or memory than the lab allows, a program that could not be built.
 */
export type FailureClass = (typeof CLASS_ORDER)[number];
