/** Tallies and rates in words: the sentences that every report shares. */

import type { ScenarioTally } from './tally.js';

/** Larger than what floating-point arithmetic may add to a logarithm. */
const ROUNDING = 1e-6;

/**
 * One sentence without its full stop: how often the scenario failed and how sure that is, or what so
 * many runs without a failure rule out; what a sequential test made of it; then what was left out of the count.
 */
export function describeTally(tally: ScenarioTally): string {
  return [finding(tally), ...describeRemarks(tally)].join('; ');
}

/**
 * What is to be said besides the rate, each as a phrase: what a sequential test made of it, unknown runs with their
 * causes, and runs that were not done.
 */
export function describeRemarks(tally: ScenarioTally): string[] {
  return [...stoppedPart(tally), ...unknownPart(tally), ...missingPart(tally)];
}

/**
 * A rate as a percentage with one decimal, or as many as it takes to keep it apart from 0 % and
 * 100 %. The blank before the sign is left to the caller, so that ranges can share one sign.
 */
export function percent(rate: number): string {
  const value = rate * 100;
  if (value === 0 || value === 100) return String(value);
  const distance = Math.min(value, 100 - value);
  const decimals = Math.max(1, Math.ceil(-Math.log10(distance) - ROUNDING));
  return value.toFixed(Math.min(decimals, 10));
}

/** `0.6–8.5 %`. */
export function percentRange(low: number, high: number): string {
  return `${percent(low)}–${percent(high)} %`;
}

/** `1 run`, `2 runs`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function finding({ passed, failed, runs, rulesOut, failureRate }: ScenarioTally): string {
  const usable = passed + failed;
  const sure = `${percent(failureRate.confidence).replace(/\.0$/, '')} %`;
  if (runs === 0) return 'no run has been done';
  if (failureRate.estimate === null) return `none of ${count(runs, 'run')} can be judged`;
  if (rulesOut !== undefined) {
    const bound = `a failure rate above ${percent(rulesOut)} % is ruled out (${sure})`;
    return `0 of ${count(usable, 'run')} failed: ${bound}`;
  }
  const interval = percentRange(failureRate.low, failureRate.high);
  const rate = `${percent(failureRate.estimate)} %, ${sure} interval ${interval}`;
  return `fails ${failed} of ${count(usable, 'run')} (${rate})`;
}

function stoppedPart({ stopped }: ScenarioTally): string[] {
  if (stopped === undefined) return [];
  const { decision, after, surplus } = stopped;
  const ended =
    decision === 'undecided' ? 'still undecided after' : `called ${decision} and ended after`;
  const more = surplus === 0 ? [] : [`${count(surplus, 'run')} beyond that not counted`];
  return [`${ended} ${count(after, 'usable run')}`, ...more];
}

function unknownPart({ unknown, unknownCauses }: ScenarioTally): string[] {
  if (unknown === 0) return [];
  const causes = Object.entries(unknownCauses).map(([cause, times]) => `${cause} ${times}`);
  return [`${count(unknown, 'unknown run')} not counted (${causes.join(', ')})`];
}

function missingPart({ planned, runs, failureRate: { method } }: ScenarioTally): string[] {
  if (runs >= planned) return [];
  const atMost = method === 'anytime-valid' ? 'up to ' : '';
  return [`${atMost}${count(planned - runs, 'planned run')} not done`];
}
