/** Like failures of one scenario on one submission: what groups are made of. */

import type { SignatureCount } from '../../tally/scenario-tally.js';
import { partsOf, type SignatureParts } from '../../tally/signature-parts.js';
import type { SubmissionResults } from '../results.js';

export interface Failure extends SignatureCount {
  submission: string;
  scenario: string;
  /** Its students must not hear of the scenario. */
  hidden: boolean;
  parts: SignatureParts;
}

/** In the order of the results. */
export function failuresOf({ name, tallies, grade }: SubmissionResults): Failure[] {
  const scenarios = grade?.parts.flatMap((part) => part.scenarios) ?? [];
  const hidden = new Set(scenarios.filter((one) => one.hidden).map(({ scenario }) => scenario));
  return tallies.flatMap(({ scenario, signatures }) =>
    signatures.map((one) => ({
      ...one,
      submission: name,
      scenario,
      hidden: hidden.has(scenario),
      parts: partsOf(one),
    })),
  );
}

/** The sum of the runs that failed so. */
export function runsOf(failures: readonly Failure[]): number {
  return failures.reduce((sum, { count }) => sum + count, 0);
}
