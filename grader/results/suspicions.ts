/**
 * Points for staff to look at: submissions whose runs end without an answer where those of others do not, submissions
 * beside which the kit breaks or is late more often than beside others, and those with exactly the same content. These are facts, not verdicts; an honest program may have an honest reason.
 */

import type { UnknownCause } from '../../harness/index.js';
import { fisherExact, type Failures } from '../statistics/significance.js';
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

/** Runs that ended so are the kit's fault or the machine's; a submission can cause them. */
const NOT_JUDGED: readonly [UnknownCause, string][] = [
  ['kit-broke', 'the kit broke'],
  ['disturbed', 'the machine was too busy'],
];

/** With fewer such runs, nothing is said. */
const MINIMUM_NOT_JUDGED = 5;

/** So unlikely must such a difference be by chance: many submissions are looked at, in every grading. */
const CHANCE = 0.001;

/**
 * Sentences by the names of the submissions concerned. `identical` has for each name those with the same content,
 * `control` the control runs, if there were any.
 */
export function findSuspicions(
  submissions: readonly SubmissionResults[],
  identical: ReadonlyMap<string, string[]>,
  control: readonly ScenarioTally[] = [],
): ReadonlyMap<string, string[]> {
  const usual = usualEffects(submissions);
  const entries = submissions.map((one): [string, string[]] => [
    one.name,
    [
      ...equals(identical.get(one.name)),
      ...evasions(one, usual),
      ...brokenWorkers(one),
      ...disturbances(one, submissions, control),
    ],
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

/** For each cause, its runs against the control runs, or against those of all others where there were none. */
function disturbances(
  one: SubmissionResults,
  all: readonly SubmissionResults[],
  control: readonly ScenarioTally[],
): string[] {
  const hasControl = control.some(({ runs }) => runs > 0);
  const others = hasControl
    ? control
    : all.filter(({ name }) => name !== one.name).flatMap(({ tallies }) => tallies);
  const whose = hasControl ? 'control runs' : 'runs of the other submissions';
  return NOT_JUDGED.flatMap(([cause, why]) => {
    const [own, usual] = [one.tallies, others].map((tallies) => endedBy(cause, tallies));
    if (own === undefined || usual === undefined || !isMoreThanChance(own, usual)) return [];
    return `In ${own.failed} of ${own.usable} runs ${why}, but only in ${usual.failed} of ${usual.usable} ${whose}; by chance that happens less than once in 1000 times.`;
  });
}

function endedBy(cause: UnknownCause, tallies: readonly ScenarioTally[]): Failures {
  return tallies.reduce(
    ({ failed, usable }, { runs, unknownCauses }) => ({
      failed: failed + (unknownCauses[cause] ?? 0),
      usable: usable + runs,
    }),
    { failed: 0, usable: 0 },
  );
}

function isMoreThanChance(own: Failures, usual: Failures): boolean {
  if (own.failed < MINIMUM_NOT_JUDGED || usual.usable === 0) return false;
  const isMore = own.failed / own.usable > usual.failed / usual.usable;
  return isMore && fisherExact(own, usual) < CHANCE;
}

function effectShare({ runs, unknownCauses }: ScenarioTally): number {
  return 1 - (unknownCauses['fault-never-bit'] ?? 0) / runs;
}

/** The lower of the two in the middle: of two submissions, the one that avoids a fault counts as usual. */
function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
