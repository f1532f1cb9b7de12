/**
 * The error for a caller's mistake: a wrong argument, a missing folder, a broken manifest. It is not
 * for a submission's misbehaviour, which is data in a verdict, nor for a defect of the kit.
 */

/** Details of a `UsageError` besides its problem; each is a phrase without a full stop. */
export interface UsageDetails {
  /** What was found, as the caller would recognise it. */
  got?: string;
  /** What would have been right. */
  expected?: string;
  /** What to do, or where to read more. */
  hint?: string;
  /** The error underneath. */
  cause?: unknown;
}

/**
 * The caller erred. Its message is one line made of all its parts, fit to be printed as it is, and
 * the command that meets it ends with exit code 64.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly got: string | undefined;
  readonly expected: string | undefined;
  readonly hint: string | undefined;

  constructor(problem: string, details: UsageDetails = {}) {
    super(sentence(problem, details), { cause: details.cause });
    this.got = details.got;
    this.expected = details.expected;
    this.hint = details.hint;
  }
}

/**
 * A submission cannot be run at all, and neither the caller nor the machine is to blame. For a single submission
 * this is an error of the caller like any other; in a class the other submissions are still graded.
 */
export class UnfitSubmission extends UsageError {}

function sentence(problem: string, { got, expected, hint }: UsageDetails): string {
  const comparison = [
    ...(got === undefined ? [] : [`got ${got}`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
  ].join(', ');
  const told = comparison === '' ? problem : `${problem}: ${comparison}`;
  return hint === undefined ? told : `${told}; ${hint}`;
}
