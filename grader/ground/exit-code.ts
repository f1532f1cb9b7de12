/**
 * How the grader ends: the exit codes, and the errors that are not the caller's mistake. The caller's
 * mistakes are `UsageError`, from the harness.
 */

/** The exit codes of `pblab`; 64 and 70 are those of sysexits.h. */
export const EXIT = { passed: 0, failed: 1, unknown: 2, usage: 64, kitBroke: 70 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The counts that decide an exit code; every tally has them. */
export interface RunCounts {
  /** Runs that the plan asks for. */
  planned: number;
  /** Runs that have a record. */
  runs: number;
  failed: number;
  unknown: number;
}

/**
 * 0 when every planned run passed, 1 when some failed, 2 when none failed but some could not be judged. A
 * planned run without a record could not be judged either, so an interrupted grading never ends with 0.
 */
export function exitCode(tallies: readonly RunCounts[]): ExitCode {
  if (tallies.some(({ failed }) => failed > 0)) return EXIT.failed;
  if (tallies.some(({ unknown, runs, planned }) => unknown > 0 || runs < planned)) {
    return EXIT.unknown;
  }
  return EXIT.passed;
}

/**
 * A record could not be made durable: the disk is full or failing. Nothing of the record is left in
 * the journal, everything acknowledged before still is, and the message says what to do.
 */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  /** The journal's path. */
  readonly file: string;

  constructor(file: string, message: string, cause: unknown) {
    super(message, { cause });
    this.file = file;
  }
}

/** The disk has no room for the files of a grading besides its journal; the message says what to do. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';

  /** `why` is the system's complaint, `resume` the command that goes on. */
  constructor(why: string, resume: string) {
    super(`the disk is full (${why}); free space, then \`${resume}\``);
  }
}

/** Whether an error, or one underneath it, is the system's complaint about a full disk. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const full = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return full || isDiskFull(error.cause);
}
