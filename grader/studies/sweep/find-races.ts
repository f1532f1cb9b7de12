/**
 * Finds the races: for each position and each of its delays, the runs with a shorter delay are compared with the
 * others. A difference matters if it is more than chance after all of these comparisons are counted.
 */

import { fisherExact, holm, SIGNIFICANCE } from '../../statistics/significance.js';
import { rateOf } from '../../tally/tally.js';
import type { SweepCell, SweepRace, SweepSide } from './sweep.js';

/** For each position, given as its cells in the order of their delays, the clearest difference if any counts. */
export function racesIn(positions: readonly (readonly SweepCell[])[]): (SweepRace | undefined)[] {
  const splits = positions.map(splitsOf);
  const corrected = holm(splits.flat().map(({ probability }) => probability));
  let next = 0;
  return splits.map((own) =>
    own
      .map((split) => ({ ...split, corrected: corrected[next++] ?? 1 }))
      .filter((split) => split.corrected <= SIGNIFICANCE)
      .toSorted((a, b) => a.probability - b.probability)
      .at(0),
  );
}

type Split = Omit<SweepRace, 'corrected'>;

function splitsOf(cells: readonly SweepCell[]): Split[] {
  return cells.slice(1).flatMap(({ delayMs }, index) => {
    const below = sideOf(cells.slice(0, index + 1));
    const from = sideOf(cells.slice(index + 1));
    // A pair without usable runs is not compared, and does not count in Holm's correction.
    if (below.usable === 0 || from.usable === 0) return [];
    const belowMs = cells[index]?.delayMs ?? 0;
    return [{ fromMs: delayMs, belowMs, below, from, probability: fisherExact(below, from) }];
  });
}

function sideOf(cells: readonly SweepCell[]): SweepSide {
  const failed = cells.reduce((sum, cell) => sum + cell.failed, 0);
  const usable = cells.reduce((sum, cell) => sum + cell.failed + cell.passed, 0);
  return { failed, usable, failureRate: rateOf(failed, usable) };
}
