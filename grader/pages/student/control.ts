/** What a failure is not: the fault of the machine or of the kit, as far as the control arm can tell. */

import { count, percent } from '../../describe-tally.js';
import type { Results } from '../../results.js';

/** Sentences; none without a control arm that has been run. */
export function describeControl({ control, provenance }: Results): string[] {
  const lateness = latenessOf(provenance);
  if (control === undefined || control.runs === 0) return lateness;
  const { passed, failed, failureRate } = control;
  const usable = passed + failed;
  if (usable === 0) {
    return [
      'A correct implementation, the reference, was run on the same machine, but none of its runs can be judged: nothing vouches for the machine.',
      ...lateness,
    ];
  }
  const times = failed === 1 ? 'once' : `${failed} times`;
  const ruledOut =
    failed === 0
      ? `; with it, a failure rate of the machine itself above ${percent(failureRate.high)} % is ruled out (95 %)`
      : '';
  const arm = `A correct implementation, the reference, was run ${count(usable, 'time').replace('1 time', 'once')} on the same machine in the same hours, between your runs, and failed ${times}${ruledOut}.`;
  const warning = control.safe
    ? []
    : ['Because it failed, nothing on this page can be relied on until staff have looked into it.'];
  return [arm, ...warning, ...lateness];
}

function latenessOf(provenance: Results['provenance']): string[] {
  const lag = provenance?.load.lagMs;
  if (lag === undefined) return [];
  return [
    `In all runs of the grading the kit itself was late by at most ${Math.round(lag.worst)} ms, and by ${Math.round(lag.median)} ms in the middle one; a run in which that matters counts as unknown, and never as failed.`,
  ];
}
