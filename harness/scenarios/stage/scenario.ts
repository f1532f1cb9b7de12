/**
 * The contract of a scenario: what it is called, which rule of the lab it tests, what it does to a
 * cluster, who judges the history afterwards, and what must have happened for a pass to mean anything.
 * A scenario speaks only to its stage: cluster, clock, random and chai's `expect`.
 */

import { appendIntegrity } from '../../checkers/append-integrity.js';
import type { Checker } from '../../checkers/checker.js';
import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import type { OperationKind } from '../../history/operation.js';
import type { Random } from '../../ground/seed.js';
import type { RuleId } from '../../lab/rules.js';
import type { Tier } from '../../lab/tiers.js';
import { faultBit } from './exercise.js';
import type { PlanData } from './plan-data.js';
import type { Facts, Stage } from './stage.js';

export type { Facts, Stage } from './stage.js';

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
  /** What it stands on; `lab/tiers.ts` says what each means, and README.md how to choose. */
  tier: Tier;
  /**
   * The test function of the lab's own Go tests of which it tests a part, so that it can be asked for by the name that
   * students know; a submission runs those parts whose operations it offers. Names as in 2015, from the test files of
   * MIT 6.824 Lab 2, 2013 to 2015. Absent if there is none.
   */
  stockTest?: string | undefined;
  /** The end of the title of a failure in it, such as "when the forward fails"; absent if it is about more than that. */
  circumstance?: string | undefined;
  /** Operations that a submission must offer for it; empty for the view service alone. */
  requires: readonly Requirement[];
  /** Suggested weight in a grade. */
  points: number;
  /** The whole run must end within this time, in ms. */
  deadlineMs: number;
  checkers: readonly Checker[];
  run(stage: Stage): Promise<void>;
  /**
   * Only for a generated scenario: the situations that the run with this generator will try; equal words mean
   * the same. Seeds are chosen by these words, so that runs try what earlier ones have not.
   */
  aims?(random: Random): readonly string[];
  /** Only for a generated scenario: the plan that a run with this generator plays unless it is given one. */
  draw?(random: Random): PlanData;
  /**
   * The share of the requested runs that this scenario makes, above 0 and at most 1: below 1 if another scenario
   * catches the same more cheaply. 1 if absent, and whenever scenarios are chosen by name.
   */
  runShare?: number;
  /** It reads what the processes of servers hold, so servers have to be processes in every world. */
  readsProcesses?: true;
  /** Proof of exercise: what should have happened and did not, as one sentence; undefined if all did. */
  unexercised?(facts: Facts): string | undefined;
}

type Default = 'part' | 'requires' | 'deadlineMs' | 'checkers';

/** The description of a scenario; fields that most scenarios of its part share may be left out. */
interface Definition extends Omit<Scenario, Default>, Partial<Pick<Scenario, Default>> {
  /** A fault that must have taken effect, where that is the whole proof of exercise. */
  mustTakeEffect?: string;
  /** The checkers besides linearizability and deadlines, where the order of all is the usual one. */
  moreCheckers?: readonly Checker[];
}

/** The checkers in the order of their findings. */
const CHECKERS = [appendIntegrity, linearizability, replicaAgreement, deadlines] as const;

/** A scenario of Part B: of Get and Put, within 30 s, judged by linearizability and deadlines, unless it says otherwise. */
export function scenario({ mustTakeEffect, moreCheckers, ...own }: Definition): Scenario {
  return {
    part: 'B',
    requires: ['get', 'put'],
    deadlineMs: 30_000,
    checkers: usualCheckers(),
    ...own,
    ...(moreCheckers !== undefined && { checkers: usualCheckers(moreCheckers) }),
    ...(mustTakeEffect !== undefined && { unexercised: faultBit(mustTakeEffect) }),
  };
}

function usualCheckers(more: readonly Checker[] = []): Checker[] {
  const chosen: readonly Checker[] = [linearizability, deadlines, ...more];
  return CHECKERS.filter((checker) => chosen.includes(checker));
}

/** A scenario of Part A: the view service alone. The rules of views are held against every run anyway. */
export function viewScenario(own: Definition): Scenario {
  return scenario({ part: 'A', requires: [], checkers: [], ...own });
}

/** The programs that a scenario starts and a manifest does not name, as its keys. */
export function missingPrograms(
  { part }: Pick<Scenario, 'part'>,
  run: { server?: string | undefined; clerk?: string | undefined },
): string[] {
  if (part === 'A') return [];
  return (['server', 'clerk'] as const)
    .filter((role) => run[role] === undefined)
    .map((role) => `run.${role}`);
}

/** The operations that a scenario requires and a submission lacks, in words. */
export function missingOperations(
  { requires }: Scenario,
  offered: readonly OperationKind[],
): string[] {
  return requires
    .map((one) => (typeof one === 'string' ? [one] : one))
    .filter((alternatives) => !alternatives.some((kind) => offered.includes(kind)))
    .map((alternatives) => alternatives.join(' or '));
}
