/**
 * A cell of the heat-map. Its colour is the failure rate, and the strength of the colour shows how sure the rate is;
 * the number is always there too, so that colour is never the only sign.
 */

import type { CellTally } from './staff-data.js';

export interface Cell {
  /** The failure rate in percent, or a sign where there is none. */
  text: string;
  /** Names of classes in staff.css; short ones, since there are twenty thousand cells. */
  look: string;
}

/** Upper ends of the classes of rates between never and always. */
const RATES = [0.05, 0.2, 0.5] as const;
/** Widest intervals of a sure rate and of a fairly sure one. */
const WIDTHS = [0.2, 0.35] as const;

/** Undefined for a scenario that the submission does not run. */
export function cellOf(tally: Pick<CellTally, 'failureRate' | 'word'> | undefined): Cell {
  if (tally === undefined) return { text: '–', look: 'x' };
  const { estimate, low, high } = tally.failureRate;
  if (estimate === null) return { text: '?', look: 'u' };
  const text = wholePercent(estimate);
  if (tally.word === 'undecided') return { text: `${text}?`, look: `u r${classOf(estimate)} s1` };
  return { text, look: `r${classOf(estimate)} s${sureness(high - low)}` };
}

/** Never 0 or 100 for what is neither. */
function wholePercent(rate: number): string {
  if (rate > 0 && rate < 0.005) return '<1';
  if (rate < 1 && rate > 0.995) return '>99';
  return String(Math.round(rate * 100));
}

/** From 0, never, to 5, always. */
function classOf(rate: number): number {
  if (rate === 0) return 0;
  if (rate === 1) return 5;
  const place = RATES.findIndex((end) => rate <= end);
  return place === -1 ? 4 : place + 1;
}

/** From 3, sure, to 1. */
function sureness(width: number): number {
  const place = WIDTHS.findIndex((end) => width <= end);
  return place === -1 ? 1 : 3 - place;
}
