/**
 * Looks for the smallest plan that still fails: from a failing plan it goes to the first simpler one that also fails,
 * as long as there is one. It starts nothing itself; the trials decide whether a plan fails.
 */

import { fewerMoves, simplerPlans, type PlanData, type PlanTree } from '../../../harness/index.js';

/** The result of plans that were tried at the same time. */
export interface Trial {
  /** Which of them fails, by its place among them. */
  failing?: number;
  /** Places of those that were tried to the end and did not fail. */
  passed: readonly number[];
}

export interface Trials {
  /** How many plans may be tried at the same time, at least 1. */
  width: number;
  /** Tries plans; it may stop as soon as one of them fails. */
  tryOut(plans: readonly PlanData[]): Promise<Trial>;
  /** Whether the budget is used up. */
  isSpent(): boolean;
}

/** Plans that need not be tried again. */
interface Tried {
  first: string;
  passed: PlanData[];
}

/** The smallest plan that was found to fail; the given plan, which fails, if no simpler one does. */
export async function shrinkPlan(plan: PlanData, trials: Trials): Promise<PlanData> {
  const tried: Tried = { first: keyOf(plan), passed: [] };
  // A whole move less saves more than any change of a move, so that comes first.
  const fewer = await descend(fewerMoves(plan), trials, tried);
  return descend(simplerPlans(fewer), trials, tried);
}

async function descend(tree: PlanTree, trials: Trials, tried: Tried): Promise<PlanData> {
  let smallest = tree;
  for (;;) {
    const next = await firstFailing(smallest, trials, tried);
    if (next === undefined) return smallest.plan;
    smallest = next;
  }
}

async function firstFailing(
  tree: PlanTree,
  trials: Trials,
  tried: Tried,
): Promise<PlanTree | undefined> {
  for (const batch of batchesOf(untried(tree, tried), trials.width)) {
    if (trials.isSpent()) return undefined;
    const { failing, passed } = await trials.tryOut(batch.map(({ plan }) => plan));
    const sound = batch.flatMap(({ plan }, at) => (passed.includes(at) ? [plan] : []));
    tried.passed.push(...sound);
    if (failing !== undefined) return batch[failing];
  }
  return undefined;
}

function* untried(tree: PlanTree, tried: Tried): Generator<PlanTree> {
  for (const next of tree.simpler()) {
    const { plan } = next;
    const isKnown = keyOf(plan) === tried.first || tried.passed.some((one) => isPartOf(plan, one));
    if (!isKnown) yield next;
  }
}

/** Whether a plan has the same moves as another, and no more of anything else: it is taken to pass where that does. */
function isPartOf(plan: PlanData, other: PlanData): boolean {
  return (
    plan.servers <= other.servers &&
    plan.clients <= other.clients &&
    plan.keys.every((key) => other.keys.includes(key)) &&
    JSON.stringify(plan.moves) === JSON.stringify(other.moves)
  );
}

function* batchesOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function keyOf(plan: PlanData): string {
  return JSON.stringify(plan);
}
