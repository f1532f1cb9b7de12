/**
 * Looks for the smallest plan that still fails: from a plan that fails it goes to the first simpler one that fails, too,
 * as long as there is one. It starts nothing itself; whether a plan fails is for the trials to say.
 */

import { fewerMoves, simplerPlans, type PlanData, type PlanTree } from '../../harness/index.js';

/** What has come of plans that were tried at the same time. */
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
  /** Whether nothing may be tried any more. */
  isSpent(): boolean;
}

/** The smallest plan that was found to fail; this one, of which that is known, if no simpler one does. */
export async function shrinkPlan(plan: PlanData, trials: Trials): Promise<PlanData> {
  const tried = new Set([keyOf(plan)]);
  // A whole move less saves more than any change of a move, so that comes first.
  const fewer = await descend(fewerMoves(plan), trials, tried);
  return descend(simplerPlans(fewer), trials, tried);
}

async function descend(tree: PlanTree, trials: Trials, tried: Set<string>): Promise<PlanData> {
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
  tried: Set<string>,
): Promise<PlanTree | undefined> {
  for (const batch of batchesOf(untried(tree, tried), trials.width)) {
    if (trials.isSpent()) return undefined;
    const { failing, passed } = await trials.tryOut(batch.map(({ plan }) => plan));
    for (const at of passed) tried.add(keyOf(batch[at]?.plan));
    if (failing !== undefined) return batch[failing];
  }
  return undefined;
}

function* untried(tree: PlanTree, tried: ReadonlySet<string>): Generator<PlanTree> {
  for (const next of tree.simpler()) if (!tried.has(keyOf(next.plan))) yield next;
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

function keyOf(plan: PlanData | undefined): string {
  return JSON.stringify(plan);
}
