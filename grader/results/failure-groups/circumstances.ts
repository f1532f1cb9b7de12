/** The end of a title: what was going on when the failure happened. */

import { FAULTS, SCENARIOS } from '../../../harness/index.js';
import { unanimous } from '../../ground/unanimous.js';

/** The last fault of the cluster → words. */
const STRIKES: ReadonlyMap<string, string> = new Map([
  ['killed', 'after a process was killed'],
  ['paused', 'after a process was frozen'],
  ...FAULTS.map(({ name, after }): [string, string] => [name, after]),
]);

/** Scenario → what its failures have in common, in the words of the scenario itself. */
const CIRCUMSTANCE_OF: ReadonlyMap<string, string | undefined> = new Map(
  SCENARIOS.map(({ id, circumstance }) => [id, circumstance]),
);

/**
 * The circumstance of the scenarios if they share one, else what was done last before each of the failures if that is
 * the same; undefined where neither would be true of all.
 */
export function circumstanceOf(
  scenarios: readonly string[],
  strikes: readonly (string | undefined)[],
): string | undefined {
  const strike = unanimous(strikes);
  const circumstance = unanimous(scenarios.map((id) => CIRCUMSTANCE_OF.get(id)));
  return circumstance ?? (strike === undefined ? undefined : STRIKES.get(strike));
}
