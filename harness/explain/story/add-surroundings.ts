/** Adds to the proof of a failure what the run has seen beside it, for the people who read its story. */

import { beliefsIn } from '../../history/beliefs.js';
import type { History } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';
import type { Finding } from '../../lab/verdict.js';
import { surroundingBeliefs } from './surrounding-beliefs.js';
import { surroundingCalls } from './surrounding-calls.js';

export interface SeenInRun {
  operations: History;
  timeline: readonly TimelineEvent[];
  calls: readonly TracedCall[];
}

/** The same finding with more context; it proves the same. */
export function withSurroundings(finding: Finding, seen: SeenInRun): Finding {
  if (finding.verdict !== 'fail') return finding;
  const { operations, timeline, calls } = seen;
  const { evidence } = finding;
  return {
    ...finding,
    evidence: {
      ...evidence,
      calls: surroundingCalls(evidence, calls, operations),
      beliefs: surroundingBeliefs(finding, calls, beliefsIn(timeline)),
    },
  };
}
