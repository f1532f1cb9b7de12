/** Tallies in words: the sentences that every report shares. */

import { count, percent, percentRange } from '../text/count.js';
import type { ScenarioTally } from './scenario-tally.js';

/**
 * One sentence without its full stop: how often the scenario failed and how sure that is, or what so
 * many runs without a failure rule out; what a sequential test made of it; then what was left out of the count.
 */
export function describeTally(tally: ScenarioTally): string {
  return [finding(tally), ...describeRemarks(tally)].join('; ');
}

/**
 * The remarks besides the rate, each as a phrase: the decision of a sequential test, unknown runs with their
 * causes, and runs that were not done.
 */
export function describeRemarks(tally: ScenarioTally): string[] {
  return [...stoppedPart(tally), ...unknownPart(tally), ...missingPart(tally)];
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
