/** What a failure is not: the fault of the machine or of the kit, as far as the control arm can tell. */

import { count, percent } from '../../../text/count.js';
import type { ControlArm } from '../../../tally/control-arm.js';
import type { Results } from '../../../results/results.js';

/** What stands above everything else of a grading in which the reference has failed. */
export const UNSAFE =
  'The reference, a correct implementation, has failed beside yours. Nothing on this page can be relied on until staff have looked into it.';

/** Sentences; none without a control arm that has been run. */
export function describeControl({ control, provenance }: Results): string[] {
  const lateness = latenessOf(provenance);
  if (control === undefined || control.runs === 0) return lateness;
  return [describeRuns(control), ...(control.safe ? [] : [UNSAFE]), ...lateness];
}

/** Of the runs that can be judged: the others say nothing either way. */
function describeRuns({ passed, failed, unknown, failureRate }: ControlArm): string {
  const usable = passed + failed;
  const where = 'on the same machine in the same hours, between your runs';
  if (usable === 0) {
    return `A correct implementation, the reference, was run ${where}, but none of its runs can be judged, so nothing vouches for the machine.`;
  }
  const unjudged =
    unknown === 0 ? '' : ` (${count(unknown, 'further run')} of it cannot be judged)`;
  const ruledOut =
    failed === 0
      ? `; with it, a failure rate of the machine itself above ${percent(failureRate.high)} % is ruled out (95 %)`
      : '';
  return `A correct implementation, the reference, was run ${times(usable)} ${where}${unjudged}, and failed ${times(failed)}${ruledOut}.`;
}

function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}

function latenessOf(provenance: Results['provenance']): string[] {
  const lag = provenance?.load.lagMs;
  if (lag === undefined) return [];
  return [
    `In all runs of the grading the kit itself was late by at most ${Math.round(lag.worst)} ms, and by ${Math.round(lag.median)} ms in the middle one; a run in which that matters counts as unknown, and never as failed.`,
  ];
}
