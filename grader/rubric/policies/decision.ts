/** Points by the decision of the rubric's sequential test: all if the failure rate is acceptable, none if not. */

import type { TestKind } from './policy-kind.js';
import { describeShare } from './share-words.js';

export interface ByDecision {
  kind: 'decision';
  /** The share of the points as long as the test is undecided. */
  undecided: number;
}

export const DECISION: TestKind<ByDecision> = {
  kind: 'decision',
  title: 'decision of the test',
  earnsBy: 'test',
  fields: { undecided: 'undecided earns' },
  example: { kind: 'decision', undecided: 0.5 },
  comment: 'with stopping only: all points if acceptable, none if unacceptable',
  shareAfter: ({ undecided }, decision) =>
    decision === undefined ? undecided : Number(decision === 'acceptable'),
  describe: ({ undecided }) =>
    'all points if the sequential test finds the failure rate acceptable, ' +
    `none if unacceptable, ${describeShare(undecided)} while undecided`,
};
