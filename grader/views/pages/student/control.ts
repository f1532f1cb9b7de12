/** Whether the machine or the kit may have caused failures, as far as the control runs can tell. */

import { count, percent } from '../../../text/count.js';
import type { ControlArm } from '../../../tally/control-arm.js';
import { FEW_RUNS } from '../../../tally/describe-control.js';
import { tooLittleIsolation } from '../../../results/safety.js';
import type { Results } from '../../../results/results.js';

const UNSAFE =
  'The reference, a correct implementation, has failed beside yours. Nothing on this page can be relied on until staff have found out why.';

const NOT_APART =
  'The submissions of this grading were not kept apart from each other, so one may have changed what is shown for another. Nothing on this page can be relied on until staff have looked into it.';

const NO_CONTROL_RUNS = `There were no control runs. ${FEW_RUNS}`;

/** The first sentences of the page; none where it can be relied on. */
export function describeDangers(results: Results): string[] {
  return [
    ...(results.control?.safe === false ? [UNSAFE] : []),
    ...(tooLittleIsolation(results) === undefined ? [] : [NOT_APART]),
  ];
}

/** Sentences about the control runs, or about there being none, and about the delays of the kit. */
export function describeControl({ control, provenance }: Results): string[] {
  const lateness = latenessOf(provenance);
  if (control === undefined) return [NO_CONTROL_RUNS, ...lateness];
  if (control.runs === 0) return ['No control run has been done.', ...lateness];
  return [describeRuns(control), ...(control.safe ? [] : [UNSAFE]), ...lateness];
}

/** Counts the runs that can be judged. */
function describeRuns({ passed, failed, unknown, failureRate }: ControlArm): string {
  const usable = passed + failed;
  const where = 'on the same machine in the same hours, between your runs';
  if (usable === 0) {
    return `A correct implementation, the reference, was run ${where}, but none of its runs can be judged. So the machine may have caused failures.`;
  }
  const unjudged = unknown === 0 ? '' : ` (${count(unknown, 'further run')} cannot be judged)`;
  const ruledOut =
    failed === 0
      ? `; so the machine causes failures in at most ${percent(failureRate.high)} % of runs (95 % confidence)`
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
    `Delays of the kit itself in this grading: median ${Math.round(lag.median)} ms, maximum ${Math.round(lag.worst)} ms. A run in which a delay matters counts as unknown, never as failed.`,
  ];
}
