/** Builds a comparison from both sides; a pure function of the plan and the records. */

import type { RunRecord } from '../../../harness/index.js';
import type { Plan, PlannedSubmission } from '../../plan/plan.js';
import { provenanceOf } from '../../tally/provenance.js';
import { loadOf } from '../../tally/provenance.js';
import type { ResultsContext } from '../../results/build-results.js';
import { SIGNIFICANCE } from '../../statistics/significance.js';
import type { ScenarioTally } from '../../tally/scenario-tally.js';
import { tally } from '../../tally/tally.js';
import { passingPairs, type Arm } from './arm.js';
import { compareCosts, COST_MARGIN } from './compare-costs.js';
import { compareRates, type TallyPair } from './compare-rates.js';
import {
  COMPARISON_FORMAT,
  type Comparison,
  type ComparedSubmission,
  type ComparisonVerdict,
  type EarlierGrading,
} from './comparison.js';
import { describeAnswer } from './describe-comparison.js';

export interface ComparisonParts {
  /** The plan of this comparison. */
  plan: Plan;
  /** All attempts at its runs. */
  attempts: readonly RunRecord[];
  a: Arm;
  b: Arm;
  /** Where the runs of A come from, if they are not of this plan. */
  earlier?: EarlierGrading | undefined;
}

export function buildComparison(
  { plan, attempts, a, b, earlier }: ComparisonParts,
  context: ResultsContext,
): Comparison {
  const { pairs, notCompared } = scenariosOf(plan, a, b);
  const scenarios = compareRates(pairs);
  const compared = new Set(scenarios.map(({ scenario }) => scenario));
  const passing = passingPairs(a, b).filter(({ scenario }) => compared.has(scenario));
  const costs = compareCosts(passing, { isInterleaved: earlier === undefined });
  const sides = { a: comparedSubmission(a.submission), b: comparedSubmission(b.submission) };
  return {
    format: COMPARISON_FORMAT,
    ...sides,
    says: describeAnswer({ ...sides, scenarios, costs }),
    verdict: verdictOf([...scenarios, ...costs], scenarios.length),
    ...(earlier === undefined ? {} : { earlier }),
    scenarios,
    costs,
    notCompared,
    significance: SIGNIFICANCE,
    costMargin: COST_MARGIN,
    provenance: provenanceOf(plan, { ...context, load: loadOf(attempts) }),
  };
}

/** The scenarios of the plan that both sides run, and why the others are not compared. */
function scenariosOf(plan: Plan, a: Arm, b: Arm) {
  const [ofA, ofB] = [talliesOf(a), talliesOf(b)];
  const pairs: TallyPair[] = [];
  const notCompared: Comparison['notCompared'] = [];
  for (const { id: scenario } of plan.scenarios) {
    const [inA, inB] = [ofA.get(scenario), ofB.get(scenario)];
    if (inA !== undefined && inB !== undefined) pairs.push({ scenario, a: inA, b: inB });
    else notCompared.push({ scenario, why: whyNot(inA, inB, a, b) });
  }
  return { pairs, notCompared };
}

function whyNot(
  inA: ScenarioTally | undefined,
  inB: ScenarioTally | undefined,
  { submission: a }: Arm,
  { submission: b }: Arm,
): string {
  if (inA === undefined && inB === undefined) return 'neither has runs of it';
  return `${inA === undefined ? a.name : b.name} has no runs of it`;
}

function talliesOf({ runs, records }: Arm): ReadonlyMap<string, ScenarioTally> {
  const tallies = tally(records, { planned: runs });
  return new Map(tallies.map(({ submission: _submission, ...one }) => [one.scenario, one]));
}

function comparedSubmission({ name, spec, digest }: PlannedSubmission): ComparedSubmission {
  return { name, spec, digest };
}

/** A cost without a ratio leaves nothing open: the question is first whether it fails. */
function verdictOf(
  rows: readonly Pick<Comparison['costs'][number], 'word'>[],
  scenarios: number,
): ComparisonVerdict {
  if (rows.some(({ word }) => word === 'worse')) return 'worse';
  const isOpen =
    scenarios === 0 || rows.slice(0, scenarios).some(({ word }) => word === 'undecided');
  return isOpen ? 'undecided' : 'no worse';
}
