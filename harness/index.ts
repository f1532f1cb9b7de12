/** The public face of the harness. */

export { UsageError } from './errors.js';
export type { UsageDetails } from './errors.js';
export type { RunRecord } from './run-record.js';
export { deriveSeed } from './seed.js';
export type { FailureClass, UnknownCause, Verdict } from './verdict.js';
