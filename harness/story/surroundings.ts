/** Adds to the proof of a failure what the run has seen beside it, for the people who read its story. */

import { beliefsIn } from '../history/beliefs.js';
import type { History } from '../history/operation.js';
import type { TimelineEvent } from '../history/timeline.js';
import type { TracedCall } from '../history/trace.js';
import type { Evidence, FailFinding, Finding } from '../verdict.js';
import { surroundingBeliefs } from './surrounding-beliefs.js';
import { surroundingCalls } from './surrounding-calls.js';

export interface SeenInRun {
  operations: History;
  timeline: readonly TimelineEvent[];
  calls: readonly TracedCall[];
}

/** The same finding; it proves no more than before. */
export function withSurroundings(finding: Finding, seen: SeenInRun): Finding {
  if (finding.verdict !== 'fail') return finding;
  const { operations, timeline, calls } = seen;
  const evidence = withExits(finding, timeline);
  return {
    ...finding,
    evidence: {
      ...evidence,
      calls: surroundingCalls(evidence, calls, operations),
      beliefs: surroundingBeliefs({ ...finding, evidence }, calls, beliefsIn(timeline)),
    },
  };
}

/** A process that ended by itself is found by its end, which is an event like others. */
function withExits(
  { class: kind, evidence }: FailFinding,
  timeline: readonly TimelineEvent[],
): Evidence {
  if (kind !== 'crash' || evidence.events.length > 0) return evidence;
  return { ...evidence, events: timeline.filter((event) => event.kind === 'exited') };
}
