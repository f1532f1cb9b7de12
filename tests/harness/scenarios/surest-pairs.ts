/**
 * Pairs of mutants and scenarios for real time: each mutant with the scenario that catches it most surely, and
 * each scenario with the mutant that it catches most surely, as far as the calibration of this release has measured it.
 */

import { readMeasured } from '../../../grader/measured/measured.js';
import { MUTANTS } from '../../../reference/mutants/registry.js';

export interface Pair {
  mutant: string;
  /** What names the mutant as a submission. */
  spec: string;
  scenario: string;
}

const MEASURED = readMeasured();

/** The dial for the statistics is turned up: its default is to be caught now and then. */
const TURNED_UP = 'loses-writes';

/** What names a mutant as a submission. */
export const specOf = (mutant: string) =>
  `mutant:${mutant}${mutant === TURNED_UP ? ':rate=1' : ''}`;

export const isGenerated = (scenario: string) => scenario.startsWith('generated-');

/** Pairs that have to be caught in most runs; generated scenarios catch a mutant in some of theirs. */
const PAIRS: readonly Pair[] = MUTANTS.flatMap(({ name, caughtBy }) =>
  caughtBy
    .filter((scenario) => !isGenerated(scenario))
    .map((scenario) => ({ mutant: name, spec: specOf(name), scenario })),
);

export const SUREST_PAIRS: readonly Pair[] = PAIRS.filter(
  (one) => one === surestOf('mutant', one) || one === surestOf('scenario', one),
);

/** The share of its runs that caught the mutant; undefined if it was not measured. */
export function caughtShare(pair: Pair): number | undefined {
  const { failed, usable } = runsOf(pair);
  return usable === 0 ? undefined : failed / usable;
}

/** Of all pairs with the same mutant or scenario; of equals the one that is named first. */
function surestOf(side: 'mutant' | 'scenario', { [side]: name }: Pair): Pair | undefined {
  return PAIRS.filter((pair) => pair[side] === name).toSorted(
    (a, b) => sureness(b) - sureness(a),
  )[0];
}

/** Ten catches in ten runs are surer than one in one, and anything measured is compared with even odds. */
function sureness(pair: Pair): number {
  const { failed, usable } = runsOf(pair);
  return (failed + 1) / (usable + 2);
}

function runsOf({ mutant, scenario }: Pair): { failed: number; usable: number } {
  // Measured with its dial as it is by default.
  if (mutant === TURNED_UP) return { failed: 0, usable: 0 };
  const row = MEASURED?.mutants.find(({ name }) => name === mutant);
  const cell = row?.cells.find((each) => each.scenario === scenario);
  return { failed: cell?.failed ?? 0, usable: (cell?.failed ?? 0) + (cell?.passed ?? 0) };
}
