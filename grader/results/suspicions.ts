/**
 * Points for staff to look at: submissions whose runs end without an answer where those of others do not, and those
 * with exactly the same content. These are facts, not verdicts; an honest program may have an honest reason.
 */

import { percent } from '../text/count.js';
import type { SubmissionResults } from './results.js';
import type { ScenarioTally } from '../tally/scenario-tally.js';

/** With fewer runs of a scenario, anything they have in common may be chance. */
const MINIMUM_RUNS = 5;

/** A scenario works if the planned fault takes effect in most runs of most submissions. */
const MOSTLY = 0.5;

/** A fault that takes effect in a smaller share of the runs has almost never done so. */
const HARDLY = 0.1;

/** At most so many submissions with the same content are named; the rest are counted. */
const NAMED_EQUALS = 8;

/** A worker may die by chance once. */
const TOLERATED_BROKEN_RUNS = 1;

/** Sentences by the names of the submissions concerned. `identical` has for each name those with the same content. */
export function findSuspicions(
  submissions: readonly SubmissionResults[],
  identical: ReadonlyMap<string, string[]>,
): ReadonlyMap<string, string[]> {
  const usual = usualEffects(submissions);
  const entries = submissions.map((one): [string, string[]] => [
    one.name,
    [...equals(identical.get(one.name)), ...evasions(one, usual), ...brokenWorkers(one)],
  ]);
  return new Map(entries.filter(([, sentences]) => sentences.length > 0));
}

/** Many are equal where many have handed in what they were given. */
function equals(others: readonly string[] = []): string[] {
  if (others.length === 0) return [];
  const rest = others.length - NAMED_EQUALS;
  const named = others.slice(0, NAMED_EQUALS).join(', ');
  return [`Its content is identical to that of ${named}${rest > 0 ? ` and ${rest} more` : ''}.`];
}

/** For each scenario, the share of its runs in which the planned fault took effect: the median over all submissions. */
function usualEffects(submissions: readonly SubmissionResults[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number[]>();
  for (const tally of submissions.flatMap(({ tallies }) => tallies)) {
    if (tally.runs < MINIMUM_RUNS) continue;
    shares.set(tally.scenario, [...(shares.get(tally.scenario) ?? []), effectShare(tally)]);
  }
  const several = [...shares].filter(([, list]) => list.length > 1);
  return new Map(several.map(([scenario, list]) => [scenario, lowerMedian(list)]));
}

function evasions({ tallies }: SubmissionResults, usual: ReadonlyMap<string, number>): string[] {
  return tallies
    .filter((one) => one.runs >= MINIMUM_RUNS && effectShare(one) < HARDLY)
    .filter(({ scenario }) => (usual.get(scenario) ?? 0) > MOSTLY)
    .map((one) => {
      const { scenario, runs, unknownCauses } = one;
      const times = unknownCauses['fault-never-bit'] ?? 0;
      return `In ${scenario} the planned fault did not take effect in ${times} of ${runs} runs; for most submissions it takes effect in ${describeShare(usual.get(scenario) ?? 0)}.`;
    });
}

function describeShare(share: number): string {
  return share === 1 ? 'all of them' : `${percent(share)} % of them or more`;
}

function brokenWorkers({ tallies }: SubmissionResults): string[] {
  const broken = (one: ScenarioTally) => one.unknownCauses['kit-broke'] ?? 0;
  const runs = tallies.reduce((sum, one) => sum + broken(one), 0);
  if (runs <= TOLERATED_BROKEN_RUNS) return [];
  const where = tallies.filter((one) => broken(one) > 0).map(({ scenario }) => scenario);
  return [
    `${runs} runs could not be judged because a worker of the kit was killed or broke (${where.join(', ')}).`,
  ];
}

function effectShare({ runs, unknownCauses }: ScenarioTally): number {
  return 1 - (unknownCauses['fault-never-bit'] ?? 0) / runs;
}

/** The lower of the two in the middle: of two submissions, the one that avoids a fault counts as usual. */
function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
