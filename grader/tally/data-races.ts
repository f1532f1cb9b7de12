/**
 * Data races over many runs: in how many there were any, and which. They are findings beside the verdicts:
 * a run with a race counts as what its scenario says, and its race is counted here.
 */

import { raceFile, type RunRecord } from '../../harness/index.js';
import { compareText } from '../text/compare-text.js';
import { groupBy } from '../ground/group-by.js';

/** Races between the same two functions. */
export interface RaceKind {
  /** The two functions. */
  signature: string;
  /** Runs in which it was reported at least once. */
  runs: number;
  /** Key of one of them: the first in the order of the plan that kept the report, else the first. */
  exampleRun: string;
  /** That report with both stacks, relative to the grading's directory. */
  report?: string;
}

export interface RaceSummary {
  /** Runs with any race. */
  runs: number;
  /** The most frequent first. */
  kinds: RaceKind[];
}

/** The races of these runs; undefined without any. */
export function summarizeRaces(records: readonly RunRecord[]): RaceSummary | undefined {
  const raced = records.filter(({ races = [] }) => races.length > 0);
  return raced.length === 0
    ? undefined
    : { runs: raced.length, kinds: joined(raced.flatMap(kindsOf)) };
}

/** The races of several scenarios, whose runs are different ones; undefined without any. */
export function joinRaces(summaries: readonly RaceSummary[]): RaceSummary | undefined {
  if (summaries.length === 0) return undefined;
  return {
    runs: summaries.reduce((sum, { runs }) => sum + runs, 0),
    kinds: joined(summaries.flatMap(({ kinds }) => kinds)),
  };
}

function kindsOf({ key, races = [], artifacts }: RunRecord): RaceKind[] {
  return races.map(({ signature }, index) => ({
    signature,
    runs: 1,
    exampleRun: key,
    ...(artifacts === undefined ? {} : { report: `${artifacts}/${raceFile(index)}` }),
  }));
}

function joined(kinds: readonly RaceKind[]): RaceKind[] {
  return [...groupBy(kinds, ({ signature }) => signature).values()]
    .map((like) => ({
      ...(like.find(({ report }) => report !== undefined) ?? like[0]),
      runs: like.reduce((sum, { runs }) => sum + runs, 0),
    }))
    .toSorted((a, b) => b.runs - a.runs || compareText(a.signature, b.signature));
}
