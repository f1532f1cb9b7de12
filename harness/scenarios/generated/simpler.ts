/**
 * Plans that are simpler than a given one, in the order in which they are worth trying. They come from fast-check's
 * own shrinker: it needs only the plan, not its drawing, so that a stored plan can be made simpler, too.
 */

import * as fc from 'fast-check';
import { MOVES } from './moves/registry.js';
import { ODD_KEYS, PLAIN_KEYS, type Plan } from './draw-plan.js';
import { dataOf, parsePlan } from './stored-plan.js';
import { MOST_CLIENTS_OF_PLAN, MOST_SERVERS_OF_PLAN, type PlanData } from '../stage/plan-data.js';

/** A plan, and what can be tried instead of it; empty if there is nothing simpler. */
export interface PlanTree {
  plan: PlanData;
  simpler(): Iterable<PlanTree>;
}

/** The same plan with fewer moves, the fewest first. */
export function fewerMoves(plan: PlanData): PlanTree {
  const all = [...plan.moves.keys()];
  const withMoves = (kept: readonly number[]): PlanData => ({
    ...plan,
    moves: plan.moves.filter((_, at) => kept.includes(at)),
  });
  return treeOf(fc.subarray(all), new fc.Value(all, undefined), withMoves);
}

/** The same plan with fewer or simpler moves, fewer servers, clients and odd keys. */
export function simplerPlans(plan: PlanData): PlanTree {
  return treeOf(PLANS, new fc.Value(parsePlan(plan), undefined), dataOf);
}

function treeOf<T>(
  from: fc.Arbitrary<T>,
  { value, context }: fc.Value<T>,
  planOf: (value: T) => PlanData,
): PlanTree {
  return {
    plan: planOf(value),
    *simpler() {
      for (const next of from.shrink(value, context)) yield treeOf(from, next, planOf);
    },
  };
}

/** All plans that can be played, of whatever family; what comes first is tried first. */
const PLANS: fc.Arbitrary<Plan> = fc.record({
  moves: fc.array(fc.oneof(...MOVES.map(({ draw }) => draw)), { size: 'max' }),
  clients: fc.integer({ min: 1, max: MOST_CLIENTS_OF_PLAN }),
  servers: fc.integer({ min: 1, max: MOST_SERVERS_OF_PLAN }),
  keys: fc
    .uniqueArray(fc.constantFrom(...ODD_KEYS), { size: 'max' })
    .map((odd) => [...PLAIN_KEYS, ...odd], oddIn),
});

function oddIn(keys: unknown): string[] {
  if (!Array.isArray(keys)) throw new TypeError('keys are a list');
  return keys.filter((key) => typeof key === 'string' && !PLAIN_KEYS.some((one) => one === key));
}
