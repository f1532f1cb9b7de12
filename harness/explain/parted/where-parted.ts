/**
 * Tells where the data of two servers parted in a run that failed: which server answered the wrong read, which write it
 * had not been given, had lost again, or had been given twice, and at what time. It says only what the calls show, and
 * nothing where they cannot be read.
 */

import { beliefsIn } from '../../history/beliefs.js';
import type { History } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';
import type { Evidence, FailFinding } from '../../lab/verdict.js';
import { issueOf, type Issue } from './issue.js';
import { indexTrace, type Trace } from './receipts.js';
import { tellMissed } from './tell-missed.js';
import { tellOvertaken, tellSwapped } from './tell-order.js';
import { tellUnentitled } from './tell-views.js';
import { tellOtherAnswer, tellTwice } from './tell-twice.js';

/** The section of a story, as lines; none without any sentence. */
export function partedLines({ parted = [] }: Pick<Evidence, 'parted'>): string[] {
  return parted.length === 0 ? [] : [PARTED_TITLE, ...parted.map((line) => `  ${line}`)];
}

export const PARTED_TITLE = 'Where it went wrong, as far as the calls show it:';

/** What the run has recorded. */
export interface Recorded {
  operations: History;
  timeline: readonly TimelineEvent[];
  calls: readonly TracedCall[];
}

/** Sentences, the moment first; none if the failure is not about data, or it cannot be told. */
export function tellParting(finding: FailFinding, recorded: Recorded): string[] {
  const issue = issueOf(finding, recorded.operations);
  const trace = indexTrace({ ...recorded, beliefs: beliefsIn(recorded.timeline) });
  const answered = finding.evidence.operations.flatMap((one) => tellOtherAnswer(one, trace));
  if (answered.length > 0) return answered;
  return issue === undefined ? [] : tellIssue(issue, trace);
}

function tellIssue(issue: Issue, trace: Trace): string[] {
  switch (issue.kind) {
    case 'missed':
      return tellMissed(issue, trace);
    case 'unentitled':
      return tellUnentitled(issue.operation, trace);
    case 'twice':
      return tellTwice(issue, trace);
    case 'swapped':
      return tellSwapped(issue, trace);
    case 'overtaken':
      return tellOvertaken(issue, trace);
  }
}
