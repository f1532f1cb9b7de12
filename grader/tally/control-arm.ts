/**
 * The control arm of a grading: runs of the reference, interleaved with those of the submissions on the same
 * machine. If the reference fails there, or the kit was late, the machine is to blame and not the students.
 */

import type { RunRecord } from '../../harness/index.js';
import { countPlannedRuns, plannedRun, type Plan, type PlannedRun } from '../plan/plan.js';
import {
  rateOf,
  tally,
  type PassingExample,
  type RunCounts,
  type SignatureCount,
  type Tally,
} from './tally.js';

export interface ControlArm extends RunCounts {
  /** After so many runs of submissions, less one, there is one of the reference. */
  oneIn: number;
  /** As many as belong to the runs of submissions that are planned, or that were done where these decide when to stop. */
  planned: number;
  failures: (SignatureCount & { scenario: string })[];
  /** The first passing run of each scenario that kept evidence, to compare failures with; absent without any. */
  passingExamples?: (PassingExample & { scenario: string })[];
  /** False if the reference failed even once: nothing that was graded beside it can be relied on. */
  safe: boolean;
}

/**
 * The runs of the control arm in the order of doing, as many as the plan may come to; none without a control arm.
 * All scenarios come round, with the seeds that the submissions meet.
 */
export function controlRuns(plan: Plan): PlannedRun[] {
  const { control, scenarios } = plan;
  if (control === undefined) return [];
  const count = Math.floor(countPlannedRuns(plan) / (control.oneIn - 1));
  const rounds = Math.ceil(count / scenarios.length);
  return Array.from({ length: rounds }, (_, index) =>
    scenarios.map(({ id }) => plannedRun(plan, control.submission, id, index)),
  )
    .flat()
    .slice(0, count);
}

/** What the control arm of a grading has shown so far; undefined without one. */
export function controlArmOf(plan: Plan, records: readonly RunRecord[]): ControlArm | undefined {
  if (plan.control === undefined) return undefined;
  const planned = controlRuns(plan);
  const tallies = tally(records, { planned });
  const sum = (count: (one: Tally) => number) => tallies.reduce((all, one) => all + count(one), 0);
  const runs = sum((one) => one.runs);
  const passed = sum((one) => one.passed);
  const failed = sum((one) => one.failed);
  const passingExamples = tallies.flatMap(({ scenario, passingExample }) =>
    passingExample === undefined ? [] : { scenario, ...passingExample },
  );
  return {
    oneIn: plan.control.oneIn,
    planned: plan.stopping === undefined ? planned.length : runs,
    runs,
    passed,
    failed,
    unknown: runs - passed - failed,
    failureRate: rateOf(failed, passed + failed),
    failures: tallies.flatMap(({ scenario, signatures }) =>
      signatures.map((one) => ({ ...one, scenario })),
    ),
    ...(passingExamples.length === 0 ? {} : { passingExamples }),
    safe: failed === 0,
  };
}
