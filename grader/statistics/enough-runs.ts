/** The number of runs that a statement on a submission needs. It imports nothing, so that pages can use it. */

/**
 * With fewer usable runs a scenario is undecided, unless a sequential test has decided, and so are its points. Ten runs
 * without a failure still leave room for a submission that fails three times in ten, and below that the words would
 * promise too much.
 */
export const MINIMUM_USABLE_RUNS = 10;
