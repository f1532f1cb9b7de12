/** Like failures of one scenario on one submission: what groups are made of. */

import { parseSignature, type Signature } from '../../../harness/index.js';
import type { SignatureCount } from '../../tally/scenario-tally.js';
import type { SubmissionResults } from '../results.js';

export interface Failure extends SignatureCount {
  submission: string;
  scenario: string;
  /** Its students must not hear of the scenario. */
  hidden: boolean;
  parts: Signature;
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
      parts: parseSignature(one.signature),
    })),
  );
}

/** The sum of the runs that failed so. */
export function runsOf(failures: readonly Failure[]): number {
  return failures.reduce((sum, { count }) => sum + count, 0);
}
