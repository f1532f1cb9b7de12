/** Puts together where results come from. */

import type { Plan } from '../plan/plan.js';
import type { Provenance } from './provenance.js';

/** The provenance of results that follow from a plan. */
export function provenanceOf(
  { kit, createdAt: plannedAt, seed, scenarios, revisions }: Plan,
  { createdAt, machine, load }: Pick<Provenance, 'createdAt' | 'machine' | 'load'>,
): Provenance {
  return {
    kit,
    plannedAt,
    createdAt,
    seed,
    scenarios: Object.fromEntries(scenarios.map(({ id, version = '1' }) => [id, version])),
    machine,
    load,
    ...(revisions === undefined
      ? {}
      : { regrades: revisions.map(({ at, kit: by }) => ({ at, kit: by })) }),
  };
}
