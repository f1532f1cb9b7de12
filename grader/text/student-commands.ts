/**
 * Commands for students to type at home. They are called by their plain name, because the way in which staff
 * called pblab (from a checkout, through npx) may not work on another machine.
 */

import type { World } from '../../harness/index.js';

/** The directory of the submission: `.` in the student's own directory, `DIR` for other readers. */
type Where = '.' | 'DIR';

/** Runs the seed of a failing run again; in the virtual world it is the same run, so once is enough. */
export function replayAtHome(
  { scenario, seed, world }: { scenario: string; seed: string; world?: World },
  where: Where,
): string {
  const times = world === 'virtual' ? 1 : 20;
  return `pblab replay ${scenario}@${seed} --submission ${where}${inWorld(world)} -k ${times}`;
}

/** Runs a scenario with other seeds, in the directory of the submission. */
export function gradeAtHome(scenario: string, runs: number, world?: World): string {
  return `pblab grade . -s ${scenario}${inWorld(world)} -n ${runs}`;
}

/** The option that chooses a world, with a space before it; empty for the default. */
export function inWorld(world: World | undefined): string {
  return world === 'virtual' ? ' --world virtual' : '';
}

/** Builds the submission and runs each scenario once. */
export function testAtHome(where: Where): string {
  return `pblab test ${where}`;
}
