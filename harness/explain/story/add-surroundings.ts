/** Adds to the proof of a failure what the run has seen beside it, for the people who read its story. */

import { beliefsIn } from '../../history/beliefs.js';
import type { History } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { TracedCall } from '../../history/trace.js';
import type { Doing } from '../../lab/doing.js';
import type { Evidence, ExceptionSeen, FailFinding, Finding } from '../../lab/verdict.js';
import { dearestOperation } from './dearest-operation.js';
import { tellParting } from '../parted/where-parted.js';
import { surroundingBeliefs } from './surrounding-beliefs.js';
import { sampleOf, surroundingCalls } from './surrounding-calls.js';
import { withTriggers } from './surrounding-events.js';

export interface SeenInRun {
  operations: History;
  timeline: readonly TimelineEvent[];
  calls: readonly TracedCall[];
  exceptions?: ExceptionSeen[];
  /** What the processes were doing at the end, if something was overdue. */
  doing?: Doing | undefined;
}

/** The same finding with more context; it proves the same. */
export function withSurroundings(finding: Finding, seen: SeenInRun): Finding {
  if (finding.verdict !== 'fail') return finding;
  const parted = tellParting(finding, seen);
  const evidence = {
    ...finding.evidence,
    events: withTriggers(finding.evidence, seen.timeline),
    ...callsAround(finding, seen),
    beliefs: surroundingBeliefs(finding, seen.calls, beliefsIn(seen.timeline)),
    ...(seen.exceptions && seen.exceptions.length > 0 && { exceptions: seen.exceptions }),
    ...(parted.length > 0 && { parted }),
    ...(seen.doing && { doing: seen.doing }),
  };
  return { ...finding, evidence };
}

/** Where an operation cost too much, what one has cost. */
function callsAround(
  finding: FailFinding,
  { operations, calls }: SeenInRun,
): Pick<Evidence, 'operations' | 'calls'> {
  const { evidence } = finding;
  const isSampled = finding.class === 'cost' && evidence.operations.length === 0;
  const dearest = isSampled ? dearestOperation(operations, calls) : undefined;
  return dearest === undefined
    ? { operations: evidence.operations, calls: surroundingCalls(evidence, calls, operations) }
    : { operations: [dearest.operation], calls: sampleOf(dearest.calls) };
}
