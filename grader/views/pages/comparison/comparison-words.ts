/** How the page of a comparison writes names, numbers and words. */

import type { ComparisonWord } from '../../../studies/compare/comparison.js';
import { percent } from '../../../text/count.js';
import { sanitizeLine } from '../../../text/sanitize.js';

const NAME_LENGTH = 60;
/** Digits of a cost that tell anything. */
const DIGITS = 3;

/** Class of each word in the style sheet. */
export const WORD_CLASSES: Readonly<Record<ComparisonWord, string>> = {
  better: 'pass',
  worse: 'fail',
  'no difference seen': 'quiet',
  undecided: 'unknown',
};

/** The name of a submission or a scenario. */
export function nameOf(named: { name: string } | string): string {
  return sanitizeLine(typeof named === 'string' ? named : named.name, NAME_LENGTH);
}

/** `95 %`. */
export function sure(confidence: number): string {
  return `${percent(confidence).replace(/\.0$/, '')} %`;
}

/** A difference of rates in percentage points with its sign, such as `+3.0`. */
export function signed(difference: number): string {
  if (difference === 0) return '0';
  return `${difference < 0 ? '−' : '+'}${percent(Math.abs(difference))}`;
}

/** A probability as a percentage; very small ones only as a bound. */
export function chance(probability: number): string {
  return probability < 0.0001 ? '< 0.01 %' : `${percent(probability)} %`;
}

/** A cost with its unit. */
export function amount(value: number, unit: string): string {
  const digits = Number(value.toPrecision(DIGITS)).toLocaleString('en-US');
  return unit === '' ? digits : `${digits} ${unit}`;
}
