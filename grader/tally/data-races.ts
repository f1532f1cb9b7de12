/**
 * Data races over many runs: the number of runs with races, and the kinds of races. They do not change verdicts: a run
 * with a race counts as its scenario says, and its race is counted here.
 */

import { raceFile, type RunRecord } from '../../harness/index.js';
import { compareText } from '../text/compare-text.js';
import { groupBy } from '../ground/group-by.js';
import type { RaceKind, RaceSummary } from './scenario-tally.js';

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
