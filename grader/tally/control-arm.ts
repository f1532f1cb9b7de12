/**
 * The control arm of a grading: runs of the reference, interleaved with those of the submissions on the same
 * machine. If the reference fails there, or the kit was late, the machine is to blame and not the students.
 */

import { z } from 'zod';
import type { RunRecord } from '../../harness/index.js';
import { COUNT, openObject, TEXT } from '../ground/schemas.js';
import { countPlannedRuns, type Plan, type PlannedRun } from '../plan/plan.js';
import {
  cellsOfRuns,
  cellsOfScenario,
  inOrder,
  runsByShard,
  type RunCell,
} from '../plan/run-cells.js';
import { shareOfControl, wholePlan, type ControlShare } from '../plan/shard.js';
import { PASSING_EXAMPLE, RUN_COUNTS, SIGNATURE_COUNT } from './scenario-tally.js';
import { rateOf, tally, type Tally } from './tally.js';

export const CONTROL_ARM = openObject({
  /** After so many runs of submissions, less one, there is one of the reference. */
  oneIn: z.int().min(1),
  ...RUN_COUNTS,
  /** As many as belong to the runs of submissions that are planned, or that were done where these decide when to stop. */
  planned: COUNT,
  failures: z.array(SIGNATURE_COUNT.extend({ scenario: TEXT })),
  /** The first passing run of each scenario that kept evidence, to compare failures with; absent without any. */
  passingExamples: z.array(PASSING_EXAMPLE.extend({ scenario: TEXT })).exactOptional(),
  /** False if the reference failed even once: nothing that was graded beside it can be relied on. */
  safe: z.boolean(),
});

export type ControlArm = z.infer<typeof CONTROL_ARM>;

/**
 * The cells of the control arm, with as many runs as the plan or its shard may come to; none without a control arm. All
 * scenarios come round, with the seeds that the submissions meet; the last round may be partial, so lengths differ by
 * one.
 */
export function controlCells(plan: Plan): RunCell[] {
  const { control, scenarios } = plan;
  if (control === undefined) return [];
  const share = shareOf(plan);
  if (share !== undefined) {
    const all = controlRuns(wholePlan(plan));
    return cellsOfRuns(share.positions.flatMap((position) => all[position] ?? []));
  }
  const { submission, oneIn } = control;
  const count = Math.floor(countPlannedRuns(plan) / (oneIn - 1));
  return scenarios
    .map(({ id }, place) => ({ id, length: Math.ceil((count - place) / scenarios.length) }))
    .filter(({ length }) => length > 0)
    .flatMap(({ id, length }) => cellsOfScenario(plan, id, [{ submission, length }]));
}

/** The runs of the control arm in the order of doing. */
export function controlRuns(plan: Plan): PlannedRun[] {
  return [...inOrder(controlCells(plan))];
}

/** How many runs of submissions count as done before the first one: those of earlier shards that await a control run. */
export function runsAhead(plan: Plan): number {
  return shareOf(plan)?.ahead ?? 0;
}

function shareOf(plan: Plan): ControlShare | undefined {
  const { shard, control, scenarios } = plan;
  if (shard === undefined || control === undefined) return undefined;
  const { oneIn } = control;
  return shareOfControl(runsByShard(plan, shard), shard, { oneIn, scenarios: scenarios.length });
}

/** The counts of a grading's control arm so far; undefined without one. */
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
