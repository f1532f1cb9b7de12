/**
 * The contract of a scenario: what it is called, which rule of the lab it tests, what it does to a
 * cluster, who judges the history afterwards, and what must have happened for a pass to mean anything.
 * A scenario speaks only to its stage: cluster, clock, random and chai's `expect`.
 */

import type { Checker } from '../../checkers/checker.js';
import type { Clock } from '../../ground/clock.js';
import type { Cluster } from '../../cluster/cluster.js';
import type { History, OperationKind } from '../../history/operation.js';
import type { TimelineEvent } from '../../history/timeline.js';
import type { Random } from '../../ground/seed.js';
import type { RuleId } from '../../lab/rules.js';
import type { Met } from './met.js';
import type { PlanData } from './plan-data.js';

export interface Stage {
  cluster: Cluster;
  clock: Clock;
  random: Random;
  /** The plan that a generated scenario plays instead of the one that it draws. */
  plan?: PlanData;
  /** Notes what a generated scenario has brought about. */
  met(met: Met): void;
  /** Notes that a generated scenario begins the move with this number, from 0, of its plan. */
  began(move: number): void;
}

/** What was recorded, for the proof of exercise. */
export interface Facts {
  history: History;
  timeline: readonly TimelineEvent[];
  /** What a generated scenario has brought about. */
  met?: readonly Met[];
}

/** An operation that a submission must offer; of a list, any one will do. */
export type Requirement = OperationKind | readonly OperationKind[];

export interface Scenario {
  /** Permanent, kebab-case. */
  id: string;
  title: string;
  /** Counts the changes after which its results do not compare with earlier ones; 1 if absent. */
  version?: number;
  /** The part of the lab: the view service, or the key/value service. */
  part: 'A' | 'B';
  /** The rule of the lab that it tests. */
  source: RuleId;
  /** Operations that a submission must offer for it; empty for the view service alone. */
  requires: readonly Requirement[];
  /** Suggested weight in a grade. */
  points: number;
  /** The whole run must end within this time, in ms. */
  deadlineMs: number;
  checkers: readonly Checker[];
  run(stage: Stage): Promise<void>;
  /**
   * Of a scenario that draws what it does: what the run with this generator will try, as words of which equal ones
   * mean the same. Seeds are chosen by it, so that runs try what earlier ones have not.
   */
  aims?(random: Random): readonly string[];
  /** Of a generated scenario: the plan that the run with this generator plays unless it is given one. */
  draw?(random: Random): PlanData;
  /**
   * Of so many runs that are asked for of every scenario this one makes a share, above 0 and at most 1: what it
   * catches, another one catches more cheaply. 1 if absent, and whenever scenarios are chosen by name.
   */
  runShare?: number;
  /** Proof of exercise: what should have happened and did not, as one sentence; undefined if all did. */
  unexercised?(facts: Facts): string | undefined;
}

/** What a scenario requires and a submission that offers these operations lacks, in words. */
export function missingOperations(
  { requires }: Scenario,
  offered: readonly OperationKind[],
): string[] {
  return requires
    .map((one) => (typeof one === 'string' ? [one] : one))
    .filter((alternatives) => !alternatives.some((kind) => offered.includes(kind)))
    .map((alternatives) => alternatives.join(' or '));
}
