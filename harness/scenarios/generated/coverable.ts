/** All situations that generated runs can meet, collected from the moves. */

import { distinctMet, MOMENTS, TARGETS, type Met } from '../stage/met.js';
import { MOVES } from './moves/registry.js';
import { GENERATED } from './registry.js';

/** Each triple once: by target and by moment in the order of their lists, then in the order of the moves. */
export const COVERABLE: readonly Met[] = inOrder(
  distinctMet(MOVES.flatMap(({ covers }) => covers)),
);

/** Whether this is the id of a scenario whose runs are generated. */
export function isGenerated(id: string): boolean {
  return GENERATED.some((scenario) => scenario.id === id);
}

function inOrder(all: readonly Met[]): Met[] {
  return TARGETS.flatMap((target) =>
    MOMENTS.flatMap((moment) =>
      all.filter((one) => one.target === target && one.moment === moment),
    ),
  );
}
