/**
 * Errors by whose they are. What a submission did wrong is never one of these: it is data in a
 * verdict. `UsageError` is the caller's, anything else that is thrown is the kit's own.
 */

/** The caller gave something that cannot be used: a flag, a manifest, a directory. Exit code 64. */
export class UsageError extends Error {
  constructor(
    message: string,
    /** What to do about it, as one sentence. */
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UsageError';
  }
}
