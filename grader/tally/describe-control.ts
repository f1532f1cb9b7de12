/** The state of the machine in words, from the control runs and the delay of the kit; phrases without a full stop. */

import type { ControlArm } from './control-arm.js';
import { count, percent, percentRange } from '../text/count.js';
import type { Load } from './provenance.js';

/** Why a grading may have no control runs, as a sentence. */
export const FEW_RUNS = 'By default, gradings of fewer than 20 runs have none.';

export function describeControl(control: ControlArm): string {
  const { passed, failed, unknown, oneIn, failureRate } = control;
  const usable = passed + failed;
  const runs = count(usable, 'run');
  const bound = `${percentRange(failureRate.low, failureRate.high)}, 95 %`;
  const unjudged = unknown === 0 ? '' : `; ${count(unknown, 'unknown run')} not counted`;
  if (usable === 0) return `control runs: no run of the reference can be judged${unjudged}`;
  if (failed > 0) return `control runs: ${referenceFailed(control)} (${bound})${unjudged}`;
  return (
    `control runs: the reference passed ${passed} of ${runs} (one run in ${oneIn}); ` +
    `a failure rate above ${percent(failureRate.high)} % is ruled out (95 %)${unjudged}`
  );
}

/** The failures of a control arm that is not safe, such as `the reference failed 2 of 24 runs`. */
export function referenceFailed({ passed, failed }: ControlArm): string {
  return `the reference failed ${failed} of ${count(passed + failed, 'run')}`;
}

/** Nothing as long as no run has been done. */
export function describeLoad({ disturbedAttempts, attempts, lagMs }: Load): string[] {
  const disturbed = `${disturbedAttempts} of ${count(attempts, 'attempt')} disturbed`;
  if (lagMs === undefined) return [];
  const [median, p99, worst] = [lagMs.median, lagMs.p99, lagMs.worst].map(
    (ms) => `${Math.round(ms)} ms`,
  );
  return [
    `delay of the kit in a run: median ${median}, 99th percentile ${p99}, maximum ${worst}; ${disturbed}`,
  ];
}
