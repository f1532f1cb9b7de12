/**
 * The seeds of the runs of a scenario. The seeds of a generated scenario are guided: among a few candidate seeds, a run
 * gets the one that tries most situations which no earlier run of the plan tries. The same plan always gives the same seeds.
 */

import { deriveSeed, stageRandom } from '../../ground/seed.js';
import { findScenario } from '../registry.js';
import type { Scenario } from '../stage/scenario.js';

/** Seeds among which one is chosen. */
const CANDIDATES = 6;

/** Plans whose choices are remembered, so that one run more does not choose all of them once more. */
const REMEMBERED = 64;

interface Guide {
  /** Chosen so far, by the number of the run. */
  seeds: string[];
  tried: Set<string>;
}

const guides = new Map<string, Guide>();

/** The seed of a scenario's run with this number, from 0, in a plan with this seed. */
export function runSeed(planSeed: string, id: string, index: number): string {
  const scenario = findScenario(id);
  if (scenario?.aims === undefined) return deriveSeed(planSeed, id, index);
  const guide = guideOf(`${id}/${planSeed}`);
  while (guide.seeds.length <= index) {
    guide.seeds.push(chooseSeed(scenario, planSeed, guide));
  }
  return guide.seeds[index] ?? deriveSeed(planSeed, id, index);
}

function guideOf(name: string): Guide {
  const guide = guides.get(name) ?? { seeds: [], tried: new Set() };
  guides.set(name, guide);
  const [oldest] = guides.keys();
  if (guides.size > REMEMBERED && oldest !== undefined) guides.delete(oldest);
  return guide;
}

function chooseSeed({ id, aims }: Scenario, planSeed: string, { seeds, tried }: Guide): string {
  const candidates = Array.from({ length: CANDIDATES }, (_, n) => {
    const seed = deriveSeed(planSeed, id, seeds.length, ...(n === 0 ? [] : [n]));
    const tries = new Set(aims?.(stageRandom(seed)));
    return { seed, tries, fresh: [...tries].filter((aim) => !tried.has(aim)).length };
  });
  const best = candidates.reduce((one, next) => (next.fresh > one.fresh ? next : one));
  for (const aim of best.tries) tried.add(aim);
  return best.seed;
}
