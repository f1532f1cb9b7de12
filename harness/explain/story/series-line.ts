/** Draws what was measured several times as one line of text. */

import type { Series } from '../../lab/verdict.js';

/** From the lowest value of a series to its highest. */
const BARS = '▁▂▃▄▅▆▇█';

/** A line such as `descriptors of pb1: 12 ▁▃▅█ 1,212 (after 0, 400, 800, 1,200 operations)`. */
export function drawSeries({ what, values, unit, at }: Series): string {
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const bars = values.map((value) => barOf(value, Math.min(...values), Math.max(...values)));
  const moments = at.map(inDigits).join(', ');
  return `${what}: ${inDigits(first)} ${bars.join('')} ${inDigits(last)} (after ${moments} ${unit})`;
}

function barOf(value: number, lowest: number, highest: number): string {
  const share = highest === lowest ? 0 : (value - lowest) / (highest - lowest);
  return BARS.charAt(Math.round(share * (BARS.length - 1)));
}

/** Whole from 10 on, below that with one digit behind the point. */
function inDigits(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}
