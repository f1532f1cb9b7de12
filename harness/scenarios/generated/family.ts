/** A family of generated scenarios: a permanent id, and the shape of the plans that its seeds give. */

import { deadlines } from '../../checkers/deadlines.js';
import { linearizability } from '../../checkers/linearizability.js';
import { replicaAgreement } from '../../checkers/replica-agreement.js';
import type { RuleId } from '../../lab/rules.js';
import { scenario, type Scenario } from '../stage/scenario.js';
import { aimsOf, planOf, type PlanShape } from './draw-plan.js';
import { dataOf, parsePlan } from './stored-plan.js';
import { playPlan } from './play.js';

export interface Family extends PlanShape {
  id: string;
  title: string;
  source: RuleId;
  points: number;
}

export function generated({ id, title, source, points, ...shape }: Family): Scenario {
  return scenario({
    id,
    title,
    source,
    // A plan demands only what the rules promise, in cases that nobody has named.
    tier: 'implied',
    points,
    deadlineMs: 120_000,
    checkers: [linearizability, deadlines, replicaAgreement],
    aims: (random) => aimsOf(planOf(shape, random)),
    draw: (random) => dataOf(planOf(shape, random)),
    run: (stage) =>
      playPlan(stage, stage.plan ? parsePlan(stage.plan) : planOf(shape, stage.random)),
    unexercised: ({ met = [] }) =>
      met.length === 0 ? 'No move of this run was possible or took effect.' : undefined,
  });
}
