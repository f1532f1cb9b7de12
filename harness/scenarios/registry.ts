/** All scenarios, in the order in which they are listed and run; each folder lists its own. */

import { AT_MOST_ONCE } from './at-most-once/registry.js';
import { BASICS } from './basics/registry.js';
import { BUDGETS } from './budgets/registry.js';
import { CONCURRENCY } from './concurrency/registry.js';
import { CRASHES } from './crashes/registry.js';
import { FAILOVER } from './failover/registry.js';
import { FORWARDING } from './forwarding/registry.js';
import { GENERATED } from './generated/registry.js';
import { PARTITIONS } from './partitions/registry.js';
import { ROLES } from './roles/registry.js';
import { TRANSFER } from './transfer/registry.js';
import { VIEW_SERVICE } from './view-service/registry.js';
import type { Scenario } from './stage/scenario.js';

/** The scenario of this id; undefined if there is none. */
export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

export const SCENARIOS: readonly Scenario[] = [
  ...VIEW_SERVICE,
  ...BASICS,
  ...FAILOVER,
  ...AT_MOST_ONCE,
  ...CONCURRENCY,
  ...FORWARDING,
  ...TRANSFER,
  ...ROLES,
  ...PARTITIONS,
  ...CRASHES,
  ...BUDGETS,
  ...GENERATED,
];

/** Test functions of the lab's own Go tests → ids of the scenarios that test, each by itself, what those test in a row. */
export const STOCK_TESTS: Readonly<Record<string, readonly string[]>> = stockTests();

function stockTests(): Record<string, string[]> {
  const parts: Record<string, string[]> = {};
  for (const { id, stockTest } of SCENARIOS) {
    if (stockTest !== undefined) (parts[stockTest] ??= []).push(id);
  }
  return parts;
}
