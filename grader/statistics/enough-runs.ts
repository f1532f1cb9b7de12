/** How many runs it takes before anything is said of a submission. It imports nothing, so that pages can use it. */

/**
 * With fewer usable runs a scenario is undecided, unless a sequential test has decided, and so are its points. Ten runs
 * without a failure still leave room for a submission that fails three times in ten, and below that the words would
 * promise too much.
 */
export const MINIMUM_USABLE_RUNS = 10;
